package io.mdc.augment;

import io.mdc.data.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Colour changes that training on ImageNet uses, on normalised images: what they do to values p in [0, 1] is carried
 * over to x = (p − mean)/std. Values are not cut off at 0 and 1.
 *
 * <p>With f ~ U(0.6, 1.4) for each image and change: brightness {@code p' = f p}; contrast {@code p' = f p + (1 − f)
 * m}, m the mean grey of the image; saturation {@code p' = f p + (1 − f) grey(p)}; grey is 0.299 R + 0.587 G + 0.114 B
 * (ITU-R BT.601). Their order is drawn for the batch. Lighting adds {@code E (α ⊙ λ)}, α ~ N(0, 0.1²), with the
 * principal colours E and their strengths λ of ImageNet (Krizhevsky et al., "ImageNet Classification with Deep
 * Convolutional Neural Networks", 2012; numbers as in Facebook's fb.resnet.torch).
 */
final class ImageNetColours {
    private static final double REACH = 0.4;
    private static final double LIGHTING = 0.1;
    private static final double[] GREY = {0.299, 0.587, 0.114};
    private static final double[] STRENGTHS = {0.2175, 0.0188, 0.0045};
    private static final double[][] COLOURS = {
        {-0.5675, 0.7192, 0.4009}, {-0.5808, -0.0045, -0.8140}, {-0.5836, -0.6948, 0.4203}
    };

    private final double[] mean;
    private final double[] std;

    ImageNetColours(Normalization normalization) {
        mean = normalization.mean().stream().mapToDouble(m -> m).toArray();
        std = normalization.std().stream().mapToDouble(s -> s).toArray();
        if (mean.length != GREY.length) {
            throw new IllegalArgumentException(
                    "color-jitter and lighting are for images of 3 channels, these have " + mean.length);
        }
    }

    /** Brightness, contrast and saturation in random order. */
    Transform jitter(RandomGenerator random, int images) {
        List<Transform> changes = new ArrayList<>(List.of(
                brightness(factors(random, images)),
                contrast(factors(random, images)),
                saturation(factors(random, images))));
        for (int i = changes.size() - 1; i > 0; i--) {
            Collections.swap(changes, i, random.nextInt(i + 1));
        }
        return new Transform.Sequence(changes);
    }

    private static double[] factors(RandomGenerator random, int images) {
        double[] factors = new double[images];
        Arrays.setAll(factors, i -> 1 + REACH * (2 * random.nextDouble() - 1));
        return factors;
    }

    /** {@code x' = f x + (f − 1) mean/std}. */
    Transform brightness(double[] factors) {
        return matrices(factors.length, (i, c, k) -> c == k ? factors[i] : 0, (i, c) -> (factors[i] - 1) * mean[c]);
    }

    /** {@code x'[c] = f x[c] + (1 − f) (Σ_k grey[k] p[k] − mean[c]) / std[c]}. */
    Transform saturation(double[] factors) {
        return matrices(
                factors.length,
                (i, c, k) -> (c == k ? factors[i] : 0) + (1 - factors[i]) * GREY[k] * std[k] / std[c],
                (i, c) -> (1 - factors[i]) * (greyOfMean() - mean[c]));
    }

    Transform contrast(double[] factors) {
        double[] weights = new double[GREY.length];
        double[] back = new double[GREY.length];
        double[] shift = new double[GREY.length];
        for (int c = 0; c < GREY.length; c++) {
            weights[c] = GREY[c] * std[c];
            back[c] = 1 / std[c];
            shift[c] = (greyOfMean() - mean[c]) / std[c];
        }
        return new Transform.GreyContrast(factors, weights, back, shift);
    }

    Transform lighting(RandomGenerator random, int images) {
        double[][] shifts = new double[images][GREY.length];
        for (double[] shift : shifts) {
            for (int e = 0; e < STRENGTHS.length; e++) {
                double strength = LIGHTING * random.nextGaussian() * STRENGTHS[e];
                for (int c = 0; c < shift.length; c++) {
                    shift[c] += COLOURS[c][e] * strength;
                }
            }
        }
        return matrices(images, (i, c, k) -> c == k ? 1 : 0, (i, c) -> shifts[i][c]);
    }

    private double greyOfMean() {
        double grey = 0;
        for (int c = 0; c < GREY.length; c++) {
            grey += GREY[c] * mean[c];
        }
        return grey;
    }

    private interface Weight {
        double of(int image, int to, int from);
    }

    private interface Shift {
        double of(int image, int channel);
    }

    /** A matrix for every image, and shifts in units of p. */
    private Transform matrices(int images, Weight weight, Shift shift) {
        int channels = GREY.length;
        double[][] matrices = new double[images][channels * channels];
        double[][] shifts = new double[images][channels];
        for (int i = 0; i < images; i++) {
            for (int c = 0; c < channels; c++) {
                shifts[i][c] = shift.of(i, c) / std[c];
                for (int k = 0; k < channels; k++) {
                    matrices[i][c * channels + k] = weight.of(i, c, k);
                }
            }
        }
        return new Transform.ColourMatrix(matrices, shifts);
    }
}
