package io.mdc.tensor;

import static io.mdc.tensor.Operands.elements;
import static io.mdc.tensor.Operands.images;

/** {@link ConvolutionOps} that refuses images, weights and outputs that do not fit together. */
record CheckedConvolutionOps(ConvolutionOps ops) implements ConvolutionOps {

    /** Fails unless y can be {@code x ∗ w}. */
    private static void check(
            ConvolutionShape shape, String nameOfX, Tensor x, String nameOfW, Tensor w, String nameOfY, Tensor y) {
        images(nameOfX, x);
        images(nameOfW, w);
        images(nameOfW, w, Layout.PLANES, w.dim(0), x.dim(1), shape.kernel(), shape.kernel());
        images(nameOfY, y, Layout.PLANES, x.dim(0), w.dim(0), shape.output(x.dim(2)), shape.output(x.dim(3)));
    }

    private static void like(String name, Tensor x, Tensor y) {
        if (x != null) {
            Operands.like(name, x, y);
        }
    }

    @Override
    public void forward(ConvolutionShape shape, Tensor x, Tensor w, Tensor y) {
        check(shape, "x", x, "w", w, "y", y);
        ops.forward(shape, x, w, y);
    }

    @Override
    public void inputGradient(ConvolutionShape shape, Tensor dy, Tensor w, Tensor dx) {
        check(shape, "dx", dx, "w", w, "dy", dy);
        ops.inputGradient(shape, dy, w, dx);
    }

    @Override
    public void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Tensor dw) {
        check(shape, "x", x, "w", w, "dy", dy);
        like("dx", dx, x);
        like("dw", dw, w);
        ops.gradients(shape, x, w, dy, dx, dw);
    }

    @Override
    public void tangent(ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Tensor wDot, Tensor yDot) {
        check(shape, "x", x, "w", w, "yDot", yDot);
        like("xDot", xDot, x);
        like("wDot", wDot, w);
        ops.tangent(shape, x, xDot, w, wDot, yDot);
    }

    @Override
    public void inputGradientTangent(
            ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Tensor wDot, Tensor dxDot) {
        check(shape, "dxDot", dxDot, "w", w, "dy", dy);
        like("dyDot", dyDot, dy);
        like("wDot", wDot, w);
        ops.inputGradientTangent(shape, dy, dyDot, w, wDot, dxDot);
    }

    @Override
    public void weightGradientTangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Tensor dwDot) {
        check(shape, "x", x, "dwDot", dwDot, "dy", dy);
        like("xDot", xDot, x);
        like("dyDot", dyDot, dy);
        ops.weightGradientTangent(shape, x, xDot, dy, dyDot, dwDot);
    }

    private static void checkGroups(Groups groups, Tensor x, String name, Slices slices, Tensor w) {
        Operands.groups(groups, x.dim(0));
        Operands.slices(name, slices, groups, w.size());
    }

    @Override
    public void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Groups groups, Slices dw) {
        check(shape, "x", x, "w", w, "dy", dy);
        like("dx", dx, x);
        checkGroups(groups, x, "dw", dw, w);
        ops.gradients(shape, x, w, dy, dx, groups, dw);
    }

    @Override
    public void tangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Groups groups, Slices wDot, Tensor yDot) {
        check(shape, "x", x, "w", w, "yDot", yDot);
        like("xDot", xDot, x);
        checkGroups(groups, x, "wDot", wDot, w);
        ops.tangent(shape, x, xDot, w, groups, wDot, yDot);
    }

    @Override
    public void inputGradientTangent(
            ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Groups groups, Slices wDot, Tensor dxDot) {
        check(shape, "dxDot", dxDot, "w", w, "dy", dy);
        like("dyDot", dyDot, dy);
        checkGroups(groups, dy, "wDot", wDot, w);
        ops.inputGradientTangent(shape, dy, dyDot, w, groups, wDot, dxDot);
    }

    @Override
    public void weightGradientTangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Groups groups, Slices dwDot) {
        Tensor one = dwDot.of(0);
        check(shape, "x", x, "dwDot", one, "dy", dy);
        like("xDot", xDot, x);
        like("dyDot", dyDot, dy);
        checkGroups(groups, x, "dwDot", dwDot, one);
        ops.weightGradientTangent(shape, x, xDot, dy, dyDot, groups, dwDot);
    }

    @Override
    public void addBias(Slices bias, Groups groups, Tensor y) {
        images("y", y);
        Operands.groups(groups, y.dim(0));
        Operands.slices("bias", bias, groups, y.dim(1));
        ops.addBias(bias, groups, y);
    }

    @Override
    public void biasGradient(Tensor dy, Groups groups, Slices out) {
        images("dy", dy);
        Operands.groups(groups, dy.dim(0));
        Operands.slices("out", out, groups, dy.dim(1));
        ops.biasGradient(dy, groups, out);
    }

    @Override
    public void addBias(Tensor bias, Tensor y) {
        images("y", y);
        elements("bias", bias, y.dim(1));
        ops.addBias(bias, y);
    }

    @Override
    public void biasGradient(Tensor dy, Tensor out) {
        images("dy", dy);
        elements("out", out, dy.dim(1));
        ops.biasGradient(dy, out);
    }
}
