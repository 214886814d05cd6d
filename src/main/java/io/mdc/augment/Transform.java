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
 * <p>Parameters are arrays with an entry per image, or with one entry for the whole batch. Arrays are shared, not
 * copied.
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
