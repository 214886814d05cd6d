package io.mdc.tensor;

import static io.mdc.tensor.Operands.images;
import static io.mdc.tensor.Operands.sameSize;

/** {@link PlaneOps} that refuses planes that do not fit together. */
record CheckedPlaneOps(PlaneOps ops) implements PlaneOps {

    /** Fails unless {@code small} can be the pooled {@code large}. */
    private static void check(Window window, String nameOfLarge, Tensor large, String nameOfSmall, Tensor small) {
        images(nameOfLarge, large);
        images(
                nameOfSmall,
                small,
                Layout.PLANES,
                large.dim(0),
                large.dim(1),
                window.output(large.dim(2)),
                window.output(large.dim(3)));
    }

    private static void unpadded(Window window) {
        if (window.padding() != 0) {
            throw new IllegalArgumentException("average pooling by " + window + ": it has no padding");
        }
    }

    @Override
    public void relu(Tensor x, Tensor y) {
        sameSize("y", y, x);
        ops.relu(x, y);
    }

    @Override
    public void gate(Tensor y, Tensor x, Tensor out) {
        sameSize("x", x, y);
        sameSize("out", out, y);
        ops.gate(y, x, out);
    }

    @Override
    public void averagePool(Window window, Tensor x, Tensor y) {
        unpadded(window);
        check(window, "x", x, "y", y);
        ops.averagePool(window, x, y);
    }

    @Override
    public void averagePoolAdjoint(Window window, Tensor dy, Tensor dx) {
        unpadded(window);
        check(window, "dx", dx, "dy", dy);
        ops.averagePoolAdjoint(window, dy, dx);
    }

    @Override
    public void maximumPool(Window window, Tensor x, Tensor y, Tensor chosen) {
        check(window, "x", x, "y", y);
        Operands.like("chosen", chosen, y);
        ops.maximumPool(window, x, y, chosen);
    }

    @Override
    public void maximumPoolAdjoint(Window window, Tensor dy, Tensor chosen, Tensor dx) {
        check(window, "dx", dx, "dy", dy);
        Operands.like("chosen", chosen, dy);
        ops.maximumPoolAdjoint(window, dy, chosen, dx);
    }

    @Override
    public void maximumPoolTangent(Window window, Tensor xDot, Tensor chosen, Tensor yDot) {
        check(window, "xDot", xDot, "yDot", yDot);
        Operands.like("chosen", chosen, yDot);
        ops.maximumPoolTangent(window, xDot, chosen, yDot);
    }

    @Override
    public void copyChannels(Tensor from, int fromFirst, Tensor to, int toFirst, int count) {
        images("from", from);
        images("to", to);
        images("to", to, Layout.PLANES, from.dim(0), to.dim(1), from.dim(2), from.dim(3));
        channels("from", from, fromFirst, count);
        channels("to", to, toFirst, count);
        ops.copyChannels(from, fromFirst, to, toFirst, count);
    }

    private static void channels(String name, Tensor x, int first, int count) {
        if (first < 0 || count < 1 || count > x.dim(1) - first) {
            throw new IllegalArgumentException(
                    name + ": " + count + " channels from number " + first + " on, of " + x.dim(1));
        }
    }
}
