package io.mdc.tensor.cuda;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.ConvolutionOps;
import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Groups;
import io.mdc.tensor.Room;
import io.mdc.tensor.Slices;
import io.mdc.tensor.Tensor;

/**
 * {@link ConvolutionOps} by kernels: products of unfolded images that are never stored, a tangent being one of twice
 * the terms.
 */
final class CudaConvolutionOps implements ConvolutionOps {
    /** Pixels of a weight gradient that a block sums, unless planes are large. */
    private static final int SHARE = 2048;

    /** Planes of a weight gradient that a block sums, unless they are small. */
    private static final int PLANES = 4;

    private final Device device;
    private final Kernel forward;
    private final Kernel inputGradient;
    private final Kernel weightGradient;
    private final ThreadLocal<Room> parts;

    /**
     * Convolutions on a device.
     *
     * @param tensorCores whether products are computed by them, which needs their module loaded
     */
    CudaConvolutionOps(Device device, Allocator memory, boolean tensorCores) {
        this.device = device;
        forward = tensorCores ? Kernel.CONVOLUTION_TF32 : Kernel.CONVOLUTION;
        inputGradient = tensorCores ? Kernel.INPUT_GRADIENT_TF32 : Kernel.INPUT_GRADIENT;
        weightGradient = tensorCores ? Kernel.WEIGHT_GRADIENT_TF32 : Kernel.WEIGHT_GRADIENT;
        parts = ThreadLocal.withInitial(() -> new Room(memory));
    }

    @Override
    public void forward(ConvolutionShape shape, Tensor x, Tensor w, Tensor y) {
        convolve(shape, Batch.whole(x.dim(0)), x, Weights.of(w), null, Weights.NONE, y);
    }

    @Override
    public void tangent(ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Tensor wDot, Tensor yDot) {
        tangent(shape, x, xDot, w, Groups.whole(x.dim(0)), Slices.alone(wDot), yDot);
    }

    @Override
    public void tangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Groups groups, Slices wDot, Tensor yDot) {
        convolve(shape, Batch.of(device, groups), x, Weights.of(wDot), xDot, Weights.of(w), yDot);
    }

    /** Weights that are the same for all groups, or some for each. */
    private record Weights(Tensor first, long stride) {
        private static final Weights NONE = new Weights(null, 0);

        static Weights of(Tensor w) {
            return new Weights(w, 0);
        }

        static Weights of(Slices w) {
            return new Weights(Batch.first(w), Batch.stride(w));
        }
    }

    private void convolve(ConvolutionShape shape, Batch batch, Tensor x, Weights w1, Tensor x2, Weights w2, Tensor y) {
        device.lane()
                .launch(
                        forward,
                        Grid.product(batch.largest() * plane(y), y.dim(1), batch.count()),
                        arguments(
                                shape, x, y, x, w1.first(), w1.stride(), x2, w2.first(), w2.stride(), y, batch.ends()));
    }

    @Override
    public void inputGradient(ConvolutionShape shape, Tensor dy, Tensor w, Tensor dx) {
        carryBack(shape, Batch.whole(dy.dim(0)), dy, Weights.of(w), null, Weights.NONE, dx);
    }

    @Override
    public void inputGradientTangent(
            ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Tensor wDot, Tensor dxDot) {
        inputGradientTangent(shape, dy, dyDot, w, Groups.whole(dy.dim(0)), Slices.alone(wDot), dxDot);
    }

    @Override
    public void inputGradientTangent(
            ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Groups groups, Slices wDot, Tensor dxDot) {
        carryBack(shape, Batch.of(device, groups), dyDot, Weights.of(w), dy, Weights.of(wDot), dxDot);
    }

    private void carryBack(
            ConvolutionShape shape, Batch batch, Tensor dy, Weights w1, Tensor dy2, Weights w2, Tensor dx) {
        device.lane()
                .launch(
                        inputGradient,
                        Grid.product(batch.largest() * plane(dx), dx.dim(1), batch.count()),
                        arguments(
                                shape,
                                dx,
                                dy,
                                dy,
                                w1.first(),
                                w1.stride(),
                                dy2,
                                w2.first(),
                                w2.stride(),
                                dx,
                                batch.ends()));
    }

    @Override
    public void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Tensor dw) {
        gradients(shape, x, w, dy, dx, Groups.whole(x.dim(0)), Slices.alone(dw));
    }

    @Override
    public void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Groups groups, Slices dw) {
        if (dx != null) {
            inputGradient(shape, dy, w, dx);
        }
        weightGradient(shape, Batch.of(device, groups), x, dy, null, null, dw);
    }

    @Override
    public void weightGradientTangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Tensor dwDot) {
        weightGradientTangent(shape, x, xDot, dy, dyDot, Groups.whole(x.dim(0)), Slices.alone(dwDot));
    }

    @Override
    public void weightGradientTangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Groups groups, Slices dwDot) {
        weightGradient(shape, Batch.of(device, groups), x, dyDot, xDot, dy, dwDot);
    }

    /**
     * The sum over pixels is cut into shares, which are added in their order: by the shape alone, so that a group has
     * the same sum whatever others go with it.
     */
    private void weightGradient(
            ConvolutionShape shape, Batch batch, Tensor x, Tensor dy, Tensor x2, Tensor dy2, Slices dw) {
        int out = dy.dim(1);
        int weights = x.dim(1) * shape.kernel() * shape.kernel();
        long size = (long) out * weights;
        int terms = Math.multiplyExact(batch.largest(), plane(dy)) * (x2 == null ? 1 : 2);
        int share = Math.max(SHARE, PLANES * plane(dy));
        int count = (int) Grid.parts(terms, share);
        Lane lane = device.lane();
        boolean whole = count == 1;
        Tensor sums = whole ? null : parts.get().of(batch.count() * count, out, weights);
        lane.launch(
                weightGradient,
                Grid.product(out, weights, batch.count() * count),
                arguments(
                        shape,
                        x,
                        dy,
                        x,
                        dy,
                        x2,
                        dy2,
                        whole ? Batch.first(dw) : sums,
                        share,
                        count,
                        size,
                        whole ? Batch.stride(dw) : count * size,
                        batch.ends()));
        if (!whole) {
            lane.launch(
                    Kernel.SUM_PARTS,
                    Grid.each(size).times(batch.count(), 1),
                    sums,
                    Batch.first(dw),
                    count,
                    size,
                    Batch.stride(dw));
        }
    }

    @Override
    public void addBias(Tensor bias, Tensor y) {
        addBias(Slices.alone(bias), Groups.whole(y.dim(0)), y);
    }

    @Override
    public void addBias(Slices bias, Groups groups, Tensor y) {
        device.lane()
                .launch(
                        Kernel.ADD_BIAS,
                        Grid.each(y.size()),
                        Batch.first(bias),
                        Batch.stride(bias),
                        Batch.of(device, groups).ends(),
                        y,
                        y.dim(1),
                        plane(y),
                        y.size());
    }

    @Override
    public void biasGradient(Tensor dy, Tensor out) {
        biasGradient(dy, Groups.whole(dy.dim(0)), Slices.alone(out));
    }

    @Override
    public void biasGradient(Tensor dy, Groups groups, Slices out) {
        Batch batch = Batch.of(device, groups);
        device.lane()
                .launch(
                        Kernel.BIAS_GRADIENT,
                        Grid.full(dy.dim(1)).times(batch.count(), 1),
                        dy,
                        Batch.first(out),
                        Batch.stride(out),
                        batch.ends(),
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
}
