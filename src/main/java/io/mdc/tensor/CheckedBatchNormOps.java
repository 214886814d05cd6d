package io.mdc.tensor;

import static io.mdc.tensor.Operands.elements;
import static io.mdc.tensor.Operands.images;
import static io.mdc.tensor.Operands.like;
import static io.mdc.tensor.Operands.matrix;

/** {@link BatchNormOps} that refuses operands that do not fit together. */
record CheckedBatchNormOps(BatchNormOps ops) implements BatchNormOps {

    private static void check(Tensor x, Tensor gamma, Tensor beta, String name, Tensor y) {
        images("x", x);
        elements("gamma", gamma, x.dim(1));
        elements("beta", beta, x.dim(1));
        like(name, y, x);
    }

    @Override
    public void forward(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        check(x, gamma, beta, "y", y);
        matrix("statistics", statistics, STATISTICS, x.dim(1));
        ops.forward(epsilon, relu, x, gamma, beta, statistics, y);
    }

    @Override
    public void infer(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor y) {
        check(x, gamma, beta, "y", y);
        elements("mean", mean, x.dim(1));
        elements("variance", variance, x.dim(1));
        ops.infer(epsilon, relu, x, gamma, beta, mean, variance, y);
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
        check(x, gamma, beta, "dy", dy);
        matrix("statistics", statistics, STATISTICS, x.dim(1));
        like("dx", dx, x);
        elements("dGamma", dGamma, x.dim(1));
        elements("dBeta", dBeta, x.dim(1));
        ops.backward(relu, x, gamma, beta, statistics, dy, dx, dGamma, dBeta);
    }
}
