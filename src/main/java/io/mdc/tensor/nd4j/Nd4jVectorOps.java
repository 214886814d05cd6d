package io.mdc.tensor.nd4j;

import static io.mdc.tensor.nd4j.Nd4jArrays.array;
import static io.mdc.tensor.nd4j.Nd4jArrays.matrix;

import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link VectorOps} by ND4J ops. */
final class Nd4jVectorOps implements VectorOps {

    @Override
    public void fill(Tensor x, double value) {
        array(x).assign(value);
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        flat(to).assign(flat(from));
    }

    @Override
    public void addScaled(double factor, Tensor x, Tensor into) {
        flat(into).addi(factor == 1 ? flat(x) : flat(x).mul(factor));
    }

    @Override
    public void scale(double factor, Tensor x) {
        array(x).muli(factor);
    }

    @Override
    public void subtract(Tensor a, Tensor b, Tensor out) {
        flat(a).subi(flat(b), flat(out));
    }

    @Override
    public void sign(Tensor x, Tensor out) {
        flat(out).assign(Transforms.sign(flat(x), true));
    }

    @Override
    public void clamp(Tensor x, double low, double high) {
        INDArray clamped = Transforms.min(Transforms.max(flat(x), low, true), high, false);
        flat(x).assign(clamped);
    }

    @Override
    public Numbers sumOfSquares(Tensor x) {
        double norm = flat(x).norm2Number().doubleValue();
        return Numbers.of(norm * norm);
    }

    @Override
    public Numbers sumOfMagnitudes(Tensor x) {
        return Numbers.of(flat(x).norm1Number().doubleValue());
    }

    @Override
    public void momentumStep(Tensor x, Tensor gradient, Tensor velocity, double rate, double momentum, double decay) {
        INDArray v = flat(velocity);
        v.muli(momentum).addi(flat(gradient));
        if (decay != 0) {
            v.addi(flat(x).mul(decay));
        }
        flat(x).subi(v.mul(rate));
    }

    private static INDArray flat(Tensor x) {
        return matrix(x, 1);
    }
}
