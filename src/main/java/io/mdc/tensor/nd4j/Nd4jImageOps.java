package io.mdc.tensor.nd4j;

import static io.mdc.tensor.nd4j.Nd4jArrays.array;
import static io.mdc.tensor.nd4j.Nd4jArrays.matrix;
import static io.mdc.tensor.nd4j.Nd4jArrays.window;

import io.mdc.base.Pixels;
import io.mdc.tensor.Allocator;
import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** {@link ImageOps} by ND4J ops. */
final class Nd4jImageOps implements ImageOps {
    private final Allocator memory;

    Nd4jImageOps(Allocator memory) {
        this.memory = memory;
    }

    @Override
    public void load(Pixels pixels, int[] images, double[] scale, double[] shift, Tensor out) {
        int length = Math.toIntExact(out.size() / images.length);
        float[] values = new float[images.length * length];
        byte[] bytes = new byte[length];
        for (int i = 0; i < images.length; i++) {
            pixels.copy(images[i], bytes);
            for (int k = 0; k < length; k++) {
                values[i * length + k] = bytes[k] & 0xff;
            }
        }
        out.set(values);
        scaleChannels(scale, shift, out);
    }

    @Override
    public void scaleChannels(double[] scale, double[] shift, Tensor x) {
        int n = x.dim(0);
        INDArray planes = matrix(x, (long) n * x.dim(1));
        planes.muliColumnVector(column(repeat(scale, n), x)).addiColumnVector(column(repeat(shift, n), x));
    }

    @Override
    public void brighten(double[] amount, Tensor x) {
        images(x).addiColumnVector(perImage(amount, x));
    }

    @Override
    public void blendWithChannelMean(double[] factor, Tensor x) {
        INDArray old = array(x).reshape('c', x.dim(0), x.dim(1), (long) x.dim(2) * x.dim(3));
        INDArray mean = old.mean(true, 1);
        INDArray means = Nd4j.tile(mean, 1, x.dim(1), 1).reshape('c', x.dim(0), x.size() / x.dim(0));
        blend(factor, means, x);
    }

    @Override
    public void blendWithImageMean(double[] factor, Tensor x) {
        INDArray mean = images(x).mean(true, 1);
        blend(factor, images(x).mul(0).addiColumnVector(mean), x);
    }

    private static void blend(double[] factor, INDArray means, Tensor x) {
        INDArray f = perImage(factor, x);
        images(x).subi(means).muliColumnVector(f).addi(means);
    }

    @Override
    public void mixChannels(double[][] matrices, double[][] shifts, Tensor x) {
        Tensor before = copy(x);
        int channels = x.dim(1);
        for (int i = 0; i < x.dim(0); i++) {
            int own = matrices.length == 1 ? 0 : i;
            INDArray matrix = vector(matrices[own], array(x).dataType()).reshape('c', channels, channels);
            INDArray mixed = matrix.mmul(planes(before, i)).addiColumnVector(column(shifts[own], x));
            planes(x, i).assign(mixed);
        }
    }

    @Override
    public double[] planeMeans(Tensor x) {
        return matrix(x, (long) x.dim(0) * x.dim(1)).mean(1).dup('c').data().asDouble();
    }

    @Override
    public void erase(Rectangle[] rectangles, Tensor x) {
        for (int i = 0; i < x.dim(0); i++) {
            Rectangle r = rectangles[rectangles.length == 1 ? 0 : i];
            if (r.area() > 0) {
                window(x, i, r).assign(0);
            }
        }
    }

    @Override
    public void exchange(Rectangle rectangle, int[] from, Tensor x) {
        if (rectangle.area() == 0) {
            return;
        }
        Tensor before = copy(x);
        for (int i = 0; i < x.dim(0); i++) {
            window(x, i, rectangle).assign(window(before, from[i], rectangle));
        }
    }

    @Override
    public void warp(Tensor x, int[] sources, Warp[] warps, Tensor out) {
        Tensor from = x == out ? copy(x) : x;
        for (int i = 0; i < out.dim(0); i++) {
            Warp warp = warps[warps.length == 1 ? 0 : i];
            INDArray in = planes(from, sources == null ? i : sources[i]);
            INDArray result = planes(out, i);
            result.assign(0);
            for (int k = 0; k < warp.taps(); k++) {
                INDArray taken = Nd4j.create(result.dataType(), result.shape(), 'c');
                Nd4j.exec(DynamicCustomOp.builder("gather")
                        .addInputs(in, Nd4j.createFromArray(indices(warp, k)))
                        .addOutputs(taken)
                        .addIntegerArguments(1)
                        .build());
                result.addi(taken.muliRowVector(row(weights(warp, k), x)));
            }
            if (warp.offset() != null) {
                result.addiRowVector(row(warp.offset(), x));
            }
        }
    }

    @Override
    public void warpAdjoint(Tensor dOut, int[] sources, Warp[] warps, Tensor dx) {
        Tensor gradients = dOut == dx ? copy(dOut) : dOut;
        array(dx).assign(0);
        for (int i = 0; i < gradients.dim(0); i++) {
            Warp warp = warps[warps.length == 1 ? 0 : i];
            INDArray g = planes(gradients, i);
            INDArray target = planes(dx, sources == null ? i : sources[i]);
            INDArray sum = Nd4j.create(target.dataType(), new long[] {target.size(1), target.size(0)}, 'c');
            for (int k = 0; k < warp.taps(); k++) {
                INDArray updates =
                        g.mulRowVector(row(weights(warp, k), dx)).transpose().dup('c');
                Nd4j.exec(DynamicCustomOp.builder("scatter_add")
                        .addInputs(sum, Nd4j.createFromArray(indices(warp, k)), updates)
                        .addOutputs(sum)
                        .build());
            }
            target.addi(sum.transpose());
        }
    }

    private Tensor copy(Tensor x) {
        Tensor copy = Tensor.zeros(memory, x.shape());
        array(copy).assign(array(x));
        return copy;
    }

    /** The planes of an image as a matrix {@code [C, H·W]} sharing memory. */
    private static INDArray planes(Tensor batch, int image) {
        return array(batch.rows(image, image + 1).reshape(batch.dim(1), batch.dim(2) * batch.dim(3)));
    }

    private static int[] indices(Warp warp, int tap) {
        int[] all = warp.index();
        int[] picked = new int[all.length / warp.taps()];
        Arrays.setAll(picked, p -> all[p * warp.taps() + tap]);
        return picked;
    }

    private static double[] weights(Warp warp, int tap) {
        double[] all = warp.weight();
        double[] picked = new double[all.length / warp.taps()];
        Arrays.setAll(picked, p -> all[p * warp.taps() + tap]);
        return picked;
    }

    private static INDArray images(Tensor x) {
        return matrix(x, x.dim(0));
    }

    private static double[] repeat(double[] values, int times) {
        double[] repeated = new double[values.length * times];
        Arrays.setAll(repeated, i -> values[i % values.length]);
        return repeated;
    }

    private static INDArray perImage(double[] values, Tensor x) {
        return column(values.length == 1 ? repeat(values, x.dim(0)) : values, x);
    }

    private static INDArray column(double[] values, Tensor like) {
        return vector(values, array(like).dataType()).reshape('c', values.length, 1);
    }

    private static INDArray row(double[] values, Tensor like) {
        return vector(values, array(like).dataType()).reshape('c', 1, values.length);
    }

    private static INDArray vector(double[] values, DataType type) {
        return Nd4j.createFromArray(values).castTo(type);
    }
}
