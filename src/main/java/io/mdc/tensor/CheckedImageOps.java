package io.mdc.tensor;

import static io.mdc.tensor.Operands.images;
import static io.mdc.tensor.Operands.length;
import static io.mdc.tensor.Operands.perImage;

import io.mdc.base.Pixels;

/** {@link ImageOps} that refuses images and parameters that do not fit together. */
record CheckedImageOps(ImageOps ops) implements ImageOps {
    @Override
    public void load(Pixels pixels, int[] numbers, double[] scale, double[] shift, Tensor out) {
        images("out", out);
        length("images", numbers.length, out.dim(0));
        length("scale", scale.length, out.dim(1));
        length("shift", shift.length, out.dim(1));
        ops.load(pixels, numbers, scale, shift, out);
    }

    @Override
    public void scaleChannels(double[] scale, double[] shift, Tensor x) {
        images("x", x);
        length("scale", scale.length, x.dim(1));
        length("shift", shift.length, x.dim(1));
        ops.scaleChannels(scale, shift, x);
    }

    @Override
    public void brighten(double[] amount, Tensor x) {
        images("x", x);
        perImage("amount", amount.length, x.dim(0));
        ops.brighten(amount, x);
    }

    @Override
    public void blendWithChannelMean(double[] factor, Tensor x) {
        images("x", x);
        perImage("factor", factor.length, x.dim(0));
        ops.blendWithChannelMean(factor, x);
    }

    @Override
    public void blendWithImageMean(double[] factor, Tensor x) {
        images("x", x);
        perImage("factor", factor.length, x.dim(0));
        ops.blendWithImageMean(factor, x);
    }

    @Override
    public void recolour(double[] amount, double[] saturation, double[] contrast, Tensor x) {
        images("x", x);
        perImage("amount", amount.length, x.dim(0));
        perImage("saturation", saturation.length, x.dim(0));
        perImage("contrast", contrast.length, x.dim(0));
        ops.recolour(amount, saturation, contrast, x);
    }

    @Override
    public void recolourAdjoint(double[] saturation, double[] contrast, Tensor gradient) {
        images("gradient", gradient);
        perImage("saturation", saturation.length, gradient.dim(0));
        perImage("contrast", contrast.length, gradient.dim(0));
        ops.recolourAdjoint(saturation, contrast, gradient);
    }

    @Override
    public void mixChannels(double[][] matrices, double[][] shifts, Tensor x) {
        images("x", x);
        perImage("matrices", matrices.length, x.dim(0));
        length("shifts", shifts.length, matrices.length);
        for (int i = 0; i < matrices.length; i++) {
            length("matrix", matrices[i].length, x.dim(1) * x.dim(1));
            length("shift", shifts[i].length, x.dim(1));
        }
        ops.mixChannels(matrices, shifts, x);
    }

    @Override
    public double[] planeMeans(Tensor x) {
        images("x", x);
        return ops.planeMeans(x);
    }

    @Override
    public void erase(Rectangle[] rectangles, Tensor x) {
        images("x", x);
        perImage("rectangles", rectangles.length, x.dim(0));
        for (Rectangle rectangle : rectangles) {
            within(rectangle, x);
        }
        ops.erase(rectangles, x);
    }

    @Override
    public void exchange(Rectangle rectangle, int[] from, Tensor x) {
        images("x", x);
        within(rectangle, x);
        sources("from", from, x.dim(0), x);
        ops.exchange(rectangle, from, x);
    }

    @Override
    public void warp(Tensor x, int[] sources, Warp[] warps, Tensor out) {
        check("x", x, sources, warps, "out", out);
        ops.warp(x, sources, warps, out);
    }

    @Override
    public void warpAdjoint(Tensor dOut, int[] sources, Warp[] warps, Tensor dx) {
        check("dx", dx, sources, warps, "dOut", dOut);
        ops.warpAdjoint(dOut, sources, warps, dx);
    }

    private static void check(
            String nameOfInput, Tensor input, int[] sources, Warp[] warps, String nameOfOutput, Tensor output) {
        images(nameOfInput, input);
        images(nameOfOutput, output);
        int n = output.dim(0);
        perImage("warps", warps.length, n);
        for (Warp warp : warps) {
            images(
                    nameOfInput,
                    input,
                    Layout.PLANES,
                    sources == null ? n : input.dim(0),
                    input.dim(1),
                    warp.inputHeight(),
                    warp.inputWidth());
            images(nameOfOutput, output, Layout.PLANES, n, input.dim(1), warp.outputHeight(), warp.outputWidth());
        }
        if (sources != null) {
            sources("sources", sources, n, input);
        }
    }

    private static void sources(String name, int[] sources, int needed, Tensor x) {
        length(name, sources.length, needed);
        for (int source : sources) {
            if (source < 0 || source >= x.dim(0)) {
                throw new IllegalArgumentException(name + ": image " + source + " of " + x.dim(0));
            }
        }
    }

    private static void within(Rectangle r, Tensor x) {
        if (r.bottom() > x.dim(2) || r.right() > x.dim(3)) {
            throw new IllegalArgumentException(r + " in planes of " + x.dim(2) + " × " + x.dim(3) + " pixels");
        }
    }
}
