package io.mdc.tensor.nd4j;

import static io.mdc.tensor.nd4j.Nd4jArrays.array;

import io.mdc.tensor.BatchNormOps;
import io.mdc.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link BatchNormOps} by ND4J ops; a value per channel is spread by {@code batchnorm}, which is fast. */
final class Nd4jBatchNormOps implements BatchNormOps {

    @Override
    public void forward(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        long channels = x.dim(1);
        double count = (double) x.size() / channels;
        INDArray mean = array(x).mean(0, 2, 3);
        INDArray ones = Nd4j.onesLike(mean);
        INDArray centred = spread(array(x), mean, ones, ones, mean.mul(0));
        INDArray variance = centred.mul(centred).mean(0, 2, 3);
        INDArray inverse = Transforms.pow(variance.add(epsilon), -0.5, false);
        row(statistics, 0).assign(mean.reshape(1, channels));
        row(statistics, 1).assign(inverse.reshape(1, channels));
        row(statistics, 2).assign(variance.mul(count / Math.max(1, count - 1)).reshape(1, channels));
        put(relu, spread(centred, mean.mul(0), ones, inverse.mul(array(gamma)), array(beta)), y);
    }

    @Override
    public void infer(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor y) {
        put(relu, spread(array(x), array(mean), array(variance).add(epsilon), array(gamma), array(beta)), y);
    }

    @Override
    public void backward(
            boolean relu,
            Tensor x,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGamma,
            Tensor dBeta) {
        INDArray mean = vector(statistics, 0);
        INDArray inverse = vector(statistics, 1);
        INDArray ones = Nd4j.onesLike(mean);
        INDArray zeros = mean.mul(0);
        INDArray normed = spread(array(x), mean, ones, inverse, zeros);
        INDArray delta = array(dy);
        if (relu) {
            INDArray u = spread(normed, zeros, ones, array(gamma), array(beta));
            delta = delta.mul(u.gt(0).castTo(u.dataType()));
        }
        INDArray total = delta.mean(0, 2, 3);
        INDArray correlation = delta.mul(normed).mean(0, 2, 3);
        double count = (double) x.size() / x.dim(1);
        array(dBeta).assign(total.mul(count));
        array(dGamma).assign(correlation.mul(count));
        INDArray scale = inverse.mul(array(gamma));
        INDArray moved = spread(delta, total, ones, scale, zeros);
        array(dx).assign(moved.subi(spread(normed, zeros, ones, scale.mul(correlation), zeros)));
    }

    private static void put(boolean relu, INDArray u, Tensor y) {
        array(y).assign(relu ? Transforms.relu(u, false) : u);
    }

    /** {@code scale (x − mean)/√variance + shift}, each a value per channel. */
    private static INDArray spread(INDArray x, INDArray mean, INDArray variance, INDArray scale, INDArray shift) {
        INDArray out = Nd4j.create(x.dataType(), x.shape(), 'c');
        Nd4j.exec(DynamicCustomOp.builder("batchnorm")
                .addInputs(x, mean, variance, scale, shift)
                .addOutputs(out)
                .addIntegerArguments(1, 1, 1)
                .addFloatingPointArguments(0.0)
                .build());
        return out;
    }

    private static INDArray row(Tensor statistics, int i) {
        return array(statistics.rows(i, i + 1));
    }

    private static INDArray vector(Tensor statistics, int i) {
        INDArray row = row(statistics, i).dup('c');
        return row.reshape('c', new long[] {row.length()});
    }
}
