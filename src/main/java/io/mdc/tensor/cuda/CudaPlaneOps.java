package io.mdc.tensor.cuda;

import io.mdc.tensor.PlaneOps;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Window;

/**
 * {@link PlaneOps} by kernels; adjoints gather, so that no two threads add to one element.
 *
 * @param device where they run
 */
record CudaPlaneOps(Device device) implements PlaneOps {
    @Override
    public void relu(Tensor x, Tensor y) {
        device.lane().launch(Kernel.RELU, Grid.each(x.size()), x, y, x.size());
    }

    @Override
    public void gate(Tensor y, Tensor x, Tensor out) {
        device.lane().launch(Kernel.GATE, Grid.each(x.size()), y, x, out, x.size());
    }

    @Override
    public void averagePool(Window window, Tensor x, Tensor y) {
        pool(Kernel.AVERAGE_POOL, window, x, y, y, x, y);
    }

    @Override
    public void averagePoolAdjoint(Window window, Tensor dy, Tensor dx) {
        pool(Kernel.AVERAGE_POOL_ADJOINT, window, dx, dy, dx, dy, dx);
    }

    @Override
    public void maximumPool(Window window, Tensor x, Tensor y, Tensor chosen) {
        pool(Kernel.MAXIMUM_POOL, window, x, y, y, x, y, chosen);
    }

    @Override
    public void maximumPoolAdjoint(Window window, Tensor dy, Tensor chosen, Tensor dx) {
        pool(Kernel.MAXIMUM_POOL_ADJOINT, window, dx, dy, dx, dy, chosen, dx);
    }

    @Override
    public void maximumPoolTangent(Window window, Tensor xDot, Tensor chosen, Tensor yDot) {
        pool(Kernel.MAXIMUM_POOL_TANGENT, window, xDot, yDot, yDot, xDot, chosen, yDot);
    }

    /** A thread for each element of {@code over}; {@code large} is pooled to the size of {@code small}. */
    private void pool(Kernel kernel, Window window, Tensor large, Tensor small, Tensor over, Object... own) {
        Object[] all = Lane.joined(
                own,
                over.size(),
                window.side(),
                window.stride(),
                window.padding(),
                large.dim(2),
                large.dim(3),
                small.dim(2),
                small.dim(3));
        device.lane().launch(kernel, Grid.each(over.size()), all);
    }

    @Override
    public void copyChannels(Tensor from, int fromFirst, Tensor to, int toFirst, int count) {
        long plane = from.size() / from.dim(0) / from.dim(1);
        long run = count * plane;
        device.lane()
                .launch(
                        Kernel.COPY_CHANNELS,
                        Grid.each(run * from.dim(0)),
                        from,
                        from.dim(1) * plane,
                        fromFirst * plane,
                        to,
                        to.dim(1) * plane,
                        toFirst * plane,
                        run,
                        run * from.dim(0));
    }
}
