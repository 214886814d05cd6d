package io.mdc.tensor.cuda;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.ConvolutionOps;
import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Room;
import io.mdc.tensor.Tensor;

/**
 * {@link ConvolutionOps} by kernels: products of unfolded images that are never stored, a tangent being one of twice
 * the terms.
 */
final class CudaConvolutionOps implements ConvolutionOps {
    /** Pixels of a weight gradient that a block sums at least. */
    private static final int LEAST_SHARE = 1024;

    /** Blocks that keep a large GPU busy. */
    private static final int BLOCKS = 512;

    private final Device device;
    private final ThreadLocal<Room> parts;

    CudaConvolutionOps(Device device, Allocator memory) {
        this.device = device;
        parts = ThreadLocal.withInitial(() -> new Room(memory));
    }

    @Override
    public void forward(ConvolutionShape shape, Tensor x, Tensor w, Tensor y) {
        convolve(shape, x, w, null, null, y);
    }

    @Override
    public void tangent(ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Tensor wDot, Tensor yDot) {
        convolve(shape, x, wDot, xDot, w, yDot);
    }

    private void convolve(ConvolutionShape shape, Tensor x, Tensor w1, Tensor x2, Tensor w2, Tensor y) {
        device.lane()
                .launch(
                        Kernel.CONVOLUTION,
                        Grid.product(pixels(y), y.dim(1), 1),
                        arguments(shape, x, y, x, w1, x2, w2, y));
    }

    @Override
    public void inputGradient(ConvolutionShape shape, Tensor dy, Tensor w, Tensor dx) {
        carryBack(shape, dy, w, null, null, dx);
    }

    @Override
    public void inputGradientTangent(
            ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Tensor wDot, Tensor dxDot) {
        carryBack(shape, dyDot, w, dy, wDot, dxDot);
    }

    private void carryBack(ConvolutionShape shape, Tensor dy, Tensor w1, Tensor dy2, Tensor w2, Tensor dx) {
        device.lane()
                .launch(
                        Kernel.INPUT_GRADIENT,
                        Grid.product(pixels(dx), dx.dim(1), 1),
                        arguments(shape, dx, dy, dy, w1, dy2, w2, dx));
    }

    @Override
    public void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Tensor dw) {
        if (dx != null) {
            inputGradient(shape, dy, w, dx);
        }
        weightGradient(shape, x, dy, null, null, dw);
    }

    @Override
    public void weightGradientTangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Tensor dwDot) {
        weightGradient(shape, x, dyDot, xDot, dy, dwDot);
    }

    /** The sum over pixels is cut into shares by its length alone, which are added in their order. */
    private void weightGradient(ConvolutionShape shape, Tensor x, Tensor dy, Tensor x2, Tensor dy2, Tensor dw) {
        int out = dw.dim(0);
        int weights = Math.toIntExact(dw.size() / out);
        int terms = pixels(dy) * (x2 == null ? 1 : 2);
        Grid one = Grid.product(out, weights, 1);
        int tiles = one.x() * one.y();
        int most = (int) Math.max(1, Math.min(Grid.parts(terms, LEAST_SHARE), BLOCKS / tiles));
        int share = (int) Grid.parts(terms, most);
        int count = (int) Grid.parts(terms, share);
        Tensor sums = count == 1 ? dw : parts.get().of(count, out, weights);
        Lane lane = device.lane();
        lane.launch(
                Kernel.WEIGHT_GRADIENT,
                Grid.product(out, weights, count),
                arguments(shape, x, dy, x, dy, x2, dy2, sums, share));
        if (count > 1) {
            lane.launch(Kernel.SUM_PARTS, Grid.each(dw.size()), sums, dw, count, dw.size());
        }
    }

    @Override
    public void addBias(Tensor bias, Tensor y) {
        device.lane().launch(Kernel.ADD_BIAS, Grid.each(y.size()), bias, y, y.dim(1), plane(y), y.size());
    }

    @Override
    public void biasGradient(Tensor dy, Tensor out) {
        device.lane()
                .launch(
                        Kernel.BIAS_GRADIENT,
                        Grid.blocks(dy.dim(1), pixels(dy)),
                        dy,
                        out,
                        dy.dim(0),
                        dy.dim(1),
                        plane(dy));
    }

    /** Those given, and then all sizes. */
    private static Object[] arguments(ConvolutionShape shape, Tensor x, Tensor y, Object... own) {
        return Lane.joined(
                own,
                x.dim(0),
                x.dim(1),
                x.dim(2),
                x.dim(3),
                y.dim(1),
                y.dim(2),
                y.dim(3),
                shape.kernel(),
                shape.stride(),
                shape.padding());
    }

    private static int plane(Tensor x) {
        return x.dim(2) * x.dim(3);
    }

    private static int pixels(Tensor x) {
        return Math.multiplyExact(x.dim(0), plane(x));
    }
}
