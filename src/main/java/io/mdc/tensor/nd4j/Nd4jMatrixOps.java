package io.mdc.tensor.nd4j;

import static io.mdc.tensor.nd4j.Nd4jArrays.array;
import static io.mdc.tensor.nd4j.Nd4jArrays.matrix;

import io.mdc.tensor.MatrixOps;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link MatrixOps} by ND4J ops. */
final class Nd4jMatrixOps implements MatrixOps {

    /**
     * BLAS writes columns: a row-major product {@code C = A·B} is asked for as {@code Cᵀ = Bᵀ·Aᵀ}, whose transposed
     * operands are column-major views of the same memory, so that nothing is copied.
     */
    @Override
    public void multiply(Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta, Tensor out) {
        Nd4j.gemm(rows(b).transpose(), rows(a).transpose(), rows(out).transpose(), transposeB, transposeA, 1.0, beta);
    }

    @Override
    public void addToRows(Tensor row, Tensor matrix) {
        rows(matrix).addiRowVector(matrix(row, 1));
    }

    @Override
    public void columnSums(Tensor matrix, Tensor out) {
        matrix(out, 1).assign(rows(matrix).sum(0).reshape(1, out.size()));
    }

    @Override
    public void transpose(Tensor matrix, Tensor out) {
        rows(out).assign(rows(matrix).transpose());
    }

    @Override
    public Numbers rowDots(Tensor a, Tensor b) {
        return Numbers.of(rows(a).mul(rows(b)).sum(1).data().asDouble());
    }

    @Override
    public void combineRows(double[] p, Tensor a, double[] q, Tensor b, Tensor out) {
        INDArray result = rows(a).mulColumnVector(column(p, out)).addi(rows(b).mulColumnVector(column(q, out)));
        rows(out).assign(result);
    }

    @Override
    public double softmaxLoss(Tensor logits, Tensor targets, double weight, Tensor probabilities, Tensor delta) {
        INDArray z = rows(logits);
        INDArray t = rows(targets);
        INDArray shifted = z.subColumnVector(z.max(true, 1));
        INDArray logSum = Transforms.log(Transforms.exp(shifted, true).sum(true, 1), true);
        INDArray logProbabilities = shifted.subColumnVector(logSum);
        rows(probabilities).assign(Transforms.exp(logProbabilities, true));
        rows(delta).assign(rows(probabilities).sub(t).muli(weight));
        return -t.mul(logProbabilities).sumNumber().doubleValue();
    }

    @Override
    public void softmaxLossTangent(Tensor probabilities, Tensor logitsTangent, double weight, Tensor out) {
        INDArray p = rows(probabilities);
        INDArray mean = p.mul(rows(logitsTangent)).sum(true, 1);
        rows(out).assign(rows(logitsTangent).subColumnVector(mean).muli(p).muli(weight));
    }

    @Override
    public int[] rowArgmax(Tensor matrix) {
        return rows(matrix).argMax(1).toIntVector();
    }

    private static INDArray rows(Tensor x) {
        return matrix(x, x.dim(0));
    }

    private static INDArray column(double[] values, Tensor like) {
        return Nd4j.createFromArray(values).castTo(array(like).dataType()).reshape('c', values.length, 1);
    }
}
