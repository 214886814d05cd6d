package io.mdc.augment;

import io.mdc.data.Normalization;
import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.util.List;

/**
 * An affine map of image batches {@code [n, C, H, W]} with all its random numbers fixed, and the adjoint of its linear
 * part.
 *
 * <p>Parameters are arrays with an entry per image, or with one entry for the whole batch. They are not copied: one is
 * drawn for every batch and belongs to the transform from then on, which only reads it, as does whoever asks for it.
 */
public sealed interface Transform {

    /** Transforms the batch in place. */
    void apply(ImageOps ops, Tensor images);

    /** Turns a gradient with respect to the output into one with respect to the input, in place. */
    void adjoint(ImageOps ops, Tensor gradient);

    /** {@code x·scale[c] + shift[c]} for every channel c. */
    record ChannelScale(double[] scale, double[] shift) implements Transform {
        /** The map {@code (x − mean)/std} of values in [0, 1]. */
        public static ChannelScale of(Normalization normalization) {
            double[] scale = new double[normalization.channels()];
            double[] shift = new double[scale.length];
            for (int c = 0; c < scale.length; c++) {
                scale[c] = 1 / normalization.std().get(c);
                shift[c] = -normalization.mean().get(c) * scale[c];
            }
            return new ChannelScale(scale, shift);
        }

        @Override
        public void apply(ImageOps ops, Tensor images) {
            ops.scaleChannels(scale, shift, images);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            ops.scaleChannels(scale, new double[scale.length], gradient);
        }
    }

    /** Adds {@code amount} to all pixels. */
    record Brightness(double[] amount) implements Transform {
        @Override
        public void apply(ImageOps ops, Tensor images) {
            ops.brighten(amount, images);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            // adding a constant leaves gradients as they are
        }
    }

    /** Stretches colours by {@code factor} about the mean of each pixel's channels. */
    record Saturation(double[] factor) implements Transform {
        @Override
        public void apply(ImageOps ops, Tensor images) {
            ops.blendWithChannelMean(factor, images);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            ops.blendWithChannelMean(factor, gradient);
        }
    }

    /** Stretches values by {@code factor} about the mean of each image. */
    record Contrast(double[] factor) implements Transform {
        @Override
        public void apply(ImageOps ops, Tensor images) {
            ops.blendWithImageMean(factor, images);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            ops.blendWithImageMean(factor, gradient);
        }
    }

    /** Moves pixels: shift, flip, scaling or rotation. */
    record Geometric(Warp[] warps) implements Transform {
        @Override
        public void apply(ImageOps ops, Tensor images) {
            ops.warp(images, null, warps, images);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            ops.warpAdjoint(gradient, null, warps, gradient);
        }
    }

    /** Sets a rectangle to 0. */
    record Cutout(Rectangle[] rectangles) implements Transform {
        @Override
        public void apply(ImageOps ops, Tensor images) {
            ops.erase(rectangles, images);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            ops.erase(rectangles, gradient);
        }
    }

    /** Mixes the channels of each image, {@code x'[c] = Σ_k matrix[c·C + k] x[k] + shift[c]}. */
    record ColourMatrix(double[][] matrices, double[][] shifts) implements Transform {
        @Override
        public void apply(ImageOps ops, Tensor images) {
            ops.mixChannels(matrices, shifts, images);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            int channels = gradient.dim(1);
            double[][] transposed = new double[matrices.length][channels * channels];
            for (int i = 0; i < matrices.length; i++) {
                for (int c = 0; c < channels; c++) {
                    for (int k = 0; k < channels; k++) {
                        transposed[i][k * channels + c] = matrices[i][c * channels + k];
                    }
                }
            }
            ops.mixChannels(transposed, new double[matrices.length][channels], gradient);
        }
    }

    /**
     * Stretches each image by {@code factor} about the mean of its grey values, {@code x' = f x + (1 − f) Σ_k grey[k]
     * mean(x[k]) · back + (1 − f) · shift}.
     *
     * @param factor per image, or one for all
     * @param grey weight of each channel in grey
     * @param back how much of grey each channel takes
     * @param shift what each channel takes beside
     */
    record GreyContrast(double[] factor, double[] grey, double[] back, double[] shift) implements Transform {
        @Override
        public void apply(ImageOps ops, Tensor images) {
            spread(ops, images, grey, back, shift);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            spread(ops, gradient, back, grey, new double[grey.length]);
        }

        private void spread(ImageOps ops, Tensor x, double[] in, double[] out, double[] constant) {
            int channels = in.length;
            double[] means = ops.planeMeans(x);
            double[][] matrices = new double[x.dim(0)][channels * channels];
            double[][] shifts = new double[x.dim(0)][channels];
            for (int i = 0; i < matrices.length; i++) {
                double f = factor[factor.length == 1 ? 0 : i];
                double mean = 0;
                for (int k = 0; k < channels; k++) {
                    mean += in[k] * means[i * channels + k];
                }
                for (int c = 0; c < channels; c++) {
                    matrices[i][c * channels + c] = f;
                    shifts[i][c] = (1 - f) * (out[c] * mean + constant[c]);
                }
            }
            ops.mixChannels(matrices, shifts, x);
        }
    }

    /** Transforms one after the other. */
    record Sequence(List<Transform> steps) implements Transform {
        /** Copies the list. */
        public Sequence {
            steps = List.copyOf(steps);
        }

        @Override
        public void apply(ImageOps ops, Tensor images) {
            steps.forEach(step -> step.apply(ops, images));
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            for (int i = steps.size() - 1; i >= 0; i--) {
                steps.get(i).adjoint(ops, gradient);
            }
        }
    }
}
