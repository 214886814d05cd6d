package io.mdc.tensor.cuda;

import io.mdc.tensor.BatchNormOps;
import io.mdc.tensor.Tensor;

/**
 * {@link BatchNormOps} by kernels, a block of threads for each channel.
 *
 * @param device where they run
 */
record CudaBatchNormOps(Device device) implements BatchNormOps {
    @Override
    public void forward(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        device.lane()
                .launch(
                        Kernel.BATCH_NORM_FORWARD,
                        blocks(x),
                        x,
                        gamma,
                        beta,
                        statistics,
                        y,
                        relu,
                        epsilon,
                        x.dim(0),
                        x.dim(1),
                        plane(x));
    }

    @Override
    public void infer(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor y) {
        device.lane()
                .launch(
                        Kernel.BATCH_NORM_INFER,
                        Grid.each(x.size()),
                        x,
                        gamma,
                        beta,
                        mean,
                        variance,
                        y,
                        relu,
                        epsilon,
                        x.dim(1),
                        plane(x),
                        x.size());
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
        device.lane()
                .launch(
                        Kernel.BATCH_NORM_BACKWARD,
                        blocks(x),
                        x,
                        gamma,
                        beta,
                        statistics,
                        dy,
                        dx,
                        dGamma,
                        dBeta,
                        relu,
                        x.dim(0),
                        x.dim(1),
                        plane(x));
    }

    private static Grid blocks(Tensor x) {
        return Grid.blocks(x.dim(1), x.size() / x.dim(1));
    }

    private static int plane(Tensor x) {
        return x.dim(2) * x.dim(3);
    }
}
