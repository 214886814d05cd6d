package io.mdc.tensor.cuda;

import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.Arrays;

/**
 * {@link VectorOps} by kernels.
 *
 * @param device where they run
 */
record CudaVectorOps(Device device) implements VectorOps {
    /** Elements that a block sums. */
    private static final int PART = 1 << 14;

    @Override
    public void fill(Tensor x, double value) {
        each(Kernel.FILL, x, x, value, x.size());
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        CudaStorage.of(from).copyTo(CudaStorage.of(to));
    }

    @Override
    public void addScaled(double factor, Tensor x, Tensor into) {
        each(Kernel.ADD_SCALED, x, factor, x, into, x.size());
    }

    @Override
    public void scale(double factor, Tensor x) {
        each(Kernel.SCALE, x, factor, x, x.size());
    }

    @Override
    public void subtract(Tensor a, Tensor b, Tensor out) {
        each(Kernel.SUBTRACT, a, a, b, out, a.size());
    }

    @Override
    public void sign(Tensor x, Tensor out) {
        each(Kernel.SIGN, x, x, out, x.size());
    }

    @Override
    public void clamp(Tensor x, double low, double high) {
        each(Kernel.CLAMP, x, x, low, high, x.size());
    }

    private void each(Kernel kernel, Tensor over, Object... arguments) {
        device.lane().launch(kernel, Grid.each(over.size()), arguments);
    }

    @Override
    public Numbers sumOfSquares(Tensor x) {
        int parts = parts(x);
        return device.results()
                .of(parts, out -> device.lane()
                        .launch(Kernel.ROW_DOTS, Grid.blocks(parts, PART), x, x, out, (long) PART, x.size()))
                .then(CudaVectorOps::sum);
    }

    @Override
    public Numbers sumOfMagnitudes(Tensor x) {
        int parts = parts(x);
        return device.results()
                .of(parts, out -> device.lane()
                        .launch(Kernel.ROW_MAGNITUDES, Grid.blocks(parts, PART), x, out, (long) PART, x.size()))
                .then(CudaVectorOps::sum);
    }

    private static double[] sum(double[] parts) {
        return new double[] {Arrays.stream(parts).sum()};
    }

    private static int parts(Tensor x) {
        return Math.toIntExact(Grid.parts(x.size(), PART));
    }

    @Override
    public void momentumStep(Tensor x, Tensor gradient, Tensor velocity, double rate, double momentum, double decay) {
        each(Kernel.MOMENTUM_STEP, x, x, gradient, velocity, rate, momentum, decay, x.size());
    }
}
