package io.mdc.augment;

import io.mdc.data.Normalization;
import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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

    /**
     * One transform for the images of several batches behind each other, {@code each} of every one, that does to those
     * of batch i what {@code transforms} number i does; empty if they are not of one kind.
     */
    static Optional<Transform> together(List<Transform> transforms, int each) {
        return transforms.get(0).joined(transforms, each);
    }

    /** {@link #together}, told to the first of the transforms. */
    default Optional<Transform> joined(List<Transform> transforms, int each) {
        return transforms.stream().allMatch(this::equals) ? Optional.of(this) : Optional.empty();
    }

    /** Those of one kind; empty if some are of another. */
    private static <T extends Transform> Optional<List<T>> all(Class<T> kind, List<Transform> transforms) {
        return transforms.stream().allMatch(kind::isInstance)
                ? Optional.of(transforms.stream().map(kind::cast).toList())
                : Optional.empty();
    }

    /** Parameters of all images, from those of each batch. */
    private static double[] spread(List<double[]> ofBatches, int each) {
        return ofBatches.stream()
                .flatMapToDouble(own -> IntStream.range(0, each).mapToDouble(i -> own[own.length == 1 ? 0 : i]))
                .toArray();
    }

    /** {@link #spread} of things. */
    private static <T> T[] spread(List<T[]> ofBatches, int each, IntFunction<T[]> array) {
        return ofBatches.stream()
                .flatMap(own -> IntStream.range(0, each).mapToObj(i -> own[own.length == 1 ? 0 : i]))
                .toArray(array);
    }

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

        @Override
        public Optional<Transform> joined(List<Transform> transforms, int each) {
            return all(ChannelScale.class, transforms)
                    .filter(own -> own.stream()
                            .allMatch(other -> Arrays.equals(scale, other.scale) && Arrays.equals(shift, other.shift)))
                    .map(own -> this);
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

    /** {@link Brightness}, {@link Saturation} and {@link Contrast}, one after the other. */
    record Colour(double[] amount, double[] saturation, double[] contrast) implements Transform {
        @Override
        public void apply(ImageOps ops, Tensor images) {
            ops.recolour(amount, saturation, contrast, images);
        }

        @Override
        public void adjoint(ImageOps ops, Tensor gradient) {
            ops.recolourAdjoint(saturation, contrast, gradient);
        }

        @Override
        public Optional<Transform> joined(List<Transform> transforms, int each) {
            return all(Colour.class, transforms)
                    .map(own -> new Colour(
                            spread(own.stream().map(Colour::amount).toList(), each),
                            spread(own.stream().map(Colour::saturation).toList(), each),
                            spread(own.stream().map(Colour::contrast).toList(), each)));
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

        @Override
        public Optional<Transform> joined(List<Transform> transforms, int each) {
            return all(Geometric.class, transforms)
                    .map(own -> new Geometric(
                            spread(own.stream().map(Geometric::warps).toList(), each, Warp[]::new)));
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

        @Override
        public Optional<Transform> joined(List<Transform> transforms, int each) {
            return all(Cutout.class, transforms)
                    .map(own -> new Cutout(
                            spread(own.stream().map(Cutout::rectangles).toList(), each, Rectangle[]::new)));
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

        @Override
        public Optional<Transform> joined(List<Transform> transforms, int each) {
            Optional<List<Sequence>> all = all(Sequence.class, transforms)
                    .filter(own -> own.stream().allMatch(other -> other.steps.size() == steps.size()));
            if (all.isEmpty()) {
                return Optional.empty();
            }
            List<Transform> joined = new ArrayList<>();
            for (int k = 0; k < steps.size(); k++) {
                int step = k;
                Transform.together(
                                all.get().stream()
                                        .map(own -> own.steps.get(step))
                                        .toList(),
                                each)
                        .ifPresent(joined::add);
            }
            return joined.size() == steps.size() ? Optional.of(new Sequence(joined)) : Optional.empty();
        }
    }
}
