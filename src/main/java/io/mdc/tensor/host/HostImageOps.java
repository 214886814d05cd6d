package io.mdc.tensor.host;

import io.mdc.base.Pixels;
import io.mdc.base.Workers;
import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** {@link ImageOps} over host floats, an image at a time in heap arrays. */
final class HostImageOps implements ImageOps {

    @Override
    public void load(Pixels pixels, int[] images, double[] scale, double[] shift, Tensor out) {
        int channels = out.dim(1);
        int plane = out.dim(2) * out.dim(3);
        float[][] table = new float[channels][256];
        for (int c = 0; c < channels; c++) {
            for (int v = 0; v < 256; v++) {
                table[c][v] = (float) (v * scale[c] + shift[c]);
            }
        }
        FloatBuffer target = out.host().floats();
        Workers.split(images.length, (first, end) -> {
            float[] image = new float[channels * plane];
            byte[] bytes = new byte[image.length];
            for (int i = first; i < end; i++) {
                pixels.copy(images[i], bytes);
                for (int c = 0; c < channels; c++) {
                    float[] values = table[c];
                    for (int k = c * plane; k < (c + 1) * plane; k++) {
                        image[k] = values[bytes[k] & 0xff];
                    }
                }
                target.put(i * image.length, image);
            }
        });
    }

    @Override
    public void scaleChannels(double[] scale, double[] shift, Tensor x) {
        int plane = x.dim(2) * x.dim(3);
        eachImage(x, (i, image, scratch) -> {
            for (int c = 0; c < scale.length; c++) {
                float factor = (float) scale[c];
                float constant = (float) shift[c];
                for (int k = c * plane; k < (c + 1) * plane; k++) {
                    image[k] = factor * image[k] + constant;
                }
            }
        });
    }

    @Override
    public void brighten(double[] amount, Tensor x) {
        eachImage(x, (i, image, scratch) -> PlaneMath.affine(image, 1, (float) pick(amount, i), image, image.length));
    }

    @Override
    public void blendWithChannelMean(double[] factor, Tensor x) {
        int plane = x.dim(2) * x.dim(3);
        int channels = x.dim(1);
        eachImage(x, (i, image, mean) -> {
            float f = (float) pick(factor, i);
            Arrays.fill(mean, 0, plane, 0);
            for (int c = 0; c < channels; c++) {
                for (int k = 0; k < plane; k++) {
                    mean[k] += image[c * plane + k];
                }
            }
            float rest = (1 - f) / channels;
            for (int c = 0; c < channels; c++) {
                for (int k = 0; k < plane; k++) {
                    image[c * plane + k] = f * image[c * plane + k] + rest * mean[k];
                }
            }
        });
    }

    @Override
    public void blendWithImageMean(double[] factor, Tensor x) {
        eachImage(x, (i, image, scratch) -> {
            float f = (float) pick(factor, i);
            float mean = PlaneMath.sum(image, image.length) / image.length;
            PlaneMath.affine(image, f, mean - f * mean, image, image.length);
        });
    }

    @Override
    public void mixChannels(double[][] matrices, double[][] shifts, Tensor x) {
        int channels = x.dim(1);
        int plane = x.dim(2) * x.dim(3);
        eachImage(x, (i, image, before) -> {
            int own = matrices.length == 1 ? 0 : i;
            System.arraycopy(image, 0, before, 0, image.length);
            for (int c = 0; c < channels; c++) {
                Arrays.fill(image, c * plane, (c + 1) * plane, (float) shifts[own][c]);
                for (int k = 0; k < channels; k++) {
                    float weight = (float) matrices[own][c * channels + k];
                    for (int p = 0; p < plane; p++) {
                        image[c * plane + p] += weight * before[k * plane + p];
                    }
                }
            }
        });
    }

    @Override
    public double[] planeMeans(Tensor x) {
        float[] plane = new float[x.dim(2) * x.dim(3)];
        double[] means = new double[x.dim(0) * x.dim(1)];
        for (int i = 0; i < means.length; i++) {
            x.host().floats().get(i * plane.length, plane);
            means[i] = PlaneMath.sum(plane, plane.length) / plane.length;
        }
        return means;
    }

    @Override
    public void erase(Rectangle[] rectangles, Tensor x) {
        eachImage(x, (i, image, scratch) -> {
            Rectangle r = rectangles[rectangles.length == 1 ? 0 : i];
            for (int start : rowStarts(r, x)) {
                Arrays.fill(image, start, start + r.right() - r.left(), 0);
            }
        });
    }

    @Override
    public void exchange(Rectangle rectangle, int[] from, Tensor x) {
        FloatBuffer pixels = x.host().floats();
        int[] starts = rowStarts(rectangle, x);
        int image = Math.toIntExact(x.size() / x.dim(0));
        int width = rectangle.right() - rectangle.left();
        float[] before = new float[x.dim(0) * starts.length * width];
        Workers.split(x.dim(0), (first, end) -> {
            for (int i = first; i < end; i++) {
                for (int row = 0; row < starts.length; row++) {
                    pixels.get(i * image + starts[row], before, (i * starts.length + row) * width, width);
                }
            }
        });
        Workers.split(x.dim(0), (first, end) -> {
            for (int i = first; i < end; i++) {
                for (int row = 0; row < starts.length; row++) {
                    pixels.put(i * image + starts[row], before, (from[i] * starts.length + row) * width, width);
                }
            }
        });
    }

    @Override
    public void warp(Tensor x, int[] sources, Warp[] warps, Tensor out) {
        int channels = x.dim(1);
        FloatBuffer from = x.host().floats();
        FloatBuffer to = out.host().floats();
        Workers.split(out.dim(0), (first, end) -> {
            float[] in = new float[channels * x.dim(2) * x.dim(3)];
            float[] result = new float[channels * out.dim(2) * out.dim(3)];
            for (int i = first; i < end; i++) {
                Warp warp = warps[warps.length == 1 ? 0 : i];
                from.get((sources == null ? i : sources[i]) * in.length, in);
                for (int c = 0; c < channels; c++) {
                    gather(warp, in, c * in.length / channels, result, c * result.length / channels);
                }
                to.put(i * result.length, result);
            }
        });
    }

    @Override
    public void warpAdjoint(Tensor dOut, int[] sources, Warp[] warps, Tensor dx) {
        int channels = dx.dim(1);
        float[] gradient = dOut.toFloats();
        float[] total = new float[Math.toIntExact(dx.size())];
        int outLength = gradient.length / dOut.dim(0);
        int inLength = total.length / dx.dim(0);
        for (int i = 0; i < dOut.dim(0); i++) {
            Warp warp = warps[warps.length == 1 ? 0 : i];
            int target = (sources == null ? i : sources[i]) * inLength;
            for (int c = 0; c < channels; c++) {
                scatter(
                        warp,
                        gradient,
                        i * outLength + c * outLength / channels,
                        total,
                        target + c * inLength / channels);
            }
        }
        dx.host().floats().put(0, total);
    }

    private static void gather(Warp warp, float[] in, int inStart, float[] out, int outStart) {
        int[] index = warp.index();
        float[] weight = warp.floatWeight();
        int pixels = warp.outputHeight() * warp.outputWidth();
        if (warp.taps() == 1) {
            for (int p = 0; p < pixels; p++) {
                out[outStart + p] = weight[p] * in[inStart + index[p]];
            }
        } else {
            for (int p = 0; p < pixels; p++) {
                int k = 4 * p;
                out[outStart + p] = (weight[k] * in[inStart + index[k]] + weight[k + 1] * in[inStart + index[k + 1]])
                        + (weight[k + 2] * in[inStart + index[k + 2]] + weight[k + 3] * in[inStart + index[k + 3]]);
            }
        }
        double[] offset = warp.offset();
        if (offset != null) {
            for (int p = 0; p < pixels; p++) {
                out[outStart + p] += (float) offset[p];
            }
        }
    }

    private static void scatter(Warp warp, float[] gradient, int outStart, float[] total, int inStart) {
        int[] index = warp.index();
        float[] weight = warp.floatWeight();
        int pixels = warp.outputHeight() * warp.outputWidth();
        if (warp.taps() == 1) {
            for (int p = 0; p < pixels; p++) {
                total[inStart + index[p]] += weight[p] * gradient[outStart + p];
            }
        } else {
            for (int p = 0; p < pixels; p++) {
                int k = 4 * p;
                float g = gradient[outStart + p];
                total[inStart + index[k]] += weight[k] * g;
                total[inStart + index[k + 1]] += weight[k + 1] * g;
                total[inStart + index[k + 2]] += weight[k + 2] * g;
                total[inStart + index[k + 3]] += weight[k + 3] * g;
            }
        }
    }

    private static double pick(double[] values, int i) {
        return values[values.length == 1 ? 0 : i];
    }

    private interface ImageLoop {
        /** Changes image {@code i}; {@code scratch} is as long and of unspecified content. */
        void run(int i, float[] image, float[] scratch);
    }

    private static void eachImage(Tensor x, ImageLoop loop) {
        FloatBuffer buffer = x.host().floats();
        Workers.split(x.dim(0), (first, end) -> {
            float[] image = new float[Math.toIntExact(x.size() / x.dim(0))];
            float[] scratch = new float[image.length];
            for (int i = first; i < end; i++) {
                buffer.get(i * image.length, image);
                loop.run(i, image, scratch);
                buffer.put(i * image.length, image);
            }
        });
    }

    /** Where within an image every channel's every row of a rectangle starts. */
    private static int[] rowStarts(Rectangle r, Tensor x) {
        int rows = r.bottom() - r.top();
        int[] starts = new int[x.dim(1) * rows];
        for (int k = 0; k < starts.length; k++) {
            starts[k] = (k / rows * x.dim(2) + r.top() + k % rows) * x.dim(3) + r.left();
        }
        return starts;
    }
}
