package io.mdc.data;

import io.mdc.base.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Mean and standard deviation per channel, of pixel values in [0, 1]; networks see {@code (value − mean) / std}.
 *
 * @param mean one per channel, finite; copied
 * @param std one per channel, positive and finite; copied
 */
public record Normalization(List<Double> mean, List<Double> std) {
    /**
     * Checks and copies the values.
     *
     * @param mean at least one
     * @param std as many
     * @throws IllegalArgumentException if the lists are empty or differ in length, or a value is out of range
     */
    public Normalization {
        if (mean.isEmpty() || mean.size() != std.size()) {
            throw new IllegalArgumentException("a normalization needs one mean and one standard deviation per channel, "
                    + "got " + mean.size() + " and " + std.size());
        }
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        for (int c = 0; c < mean.size(); c++) {
            if (!Double.isFinite(mean.get(c))) {
                throw new IllegalArgumentException(
                        "mean of channel " + c + " is " + mean.get(c) + ", expected a number");
            }
            if (!(std.get(c) > 0) || std.get(c).isInfinite()) {
                throw new IllegalArgumentException(
                        "standard deviation of channel " + c + " is " + std.get(c) + ", expected a number > 0");
            }
        }
    }

    /**
     * Returns the number of channels.
     *
     * @return at least 1
     */
    public int channels() {
        return mean.size();
    }

    /**
     * Returns the normalization that leaves values in [0, 1] as they are.
     *
     * @param channels the number of channels, at least 1
     * @return mean 0, standard deviation 1
     */
    public static Normalization identity(int channels) {
        return new Normalization(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
    }

    /**
     * Computes mean and standard deviation over all pixels of all images, per channel.
     *
     * @param set at least one image; no channel may be constant
     * @return the statistics, exact up to rounding
     * @throws IllegalArgumentException if there are no images or a channel is constant
     */
    public static Normalization of(ImageSet set) {
        if (set.size() == 0) {
            throw new IllegalArgumentException("a normalization needs at least one image");
        }
        double n = (double) set.size() * set.height() * set.width();
        Double[] mean = new Double[set.channels()];
        Double[] std = new Double[set.channels()];
        long[][] histogram = histogram(set);
        for (int c = 0; c < mean.length; c++) {
            double sum = 0;
            double squares = 0;
            for (int b = 0; b < 256; b++) {
                sum += histogram[c][b] * (b / 255.0);
            }
            for (int b = 0; b < 256; b++) {
                double difference = b / 255.0 - sum / n;
                squares += histogram[c][b] * difference * difference;
            }
            mean[c] = sum / n;
            std[c] = Math.sqrt(squares / n);
        }
        return new Normalization(Arrays.asList(mean), Arrays.asList(std));
    }

    /**
     * {@link #of} for own images.
     *
     * @throws DataException naming {@code where}, if a channel is constant
     */
    public static Normalization ofOwn(ImageSet train, Path where) {
        try {
            return of(train);
        } catch (IllegalArgumentException e) {
            throw new DataException(where + ": images that are all alike cannot be normalised: " + e.getMessage(), e);
        }
    }

    private static long[][] histogram(ImageSet set) {
        int plane = set.height() * set.width();
        byte[] pixels = new byte[set.imageBytes()];
        long[][] histogram = new long[set.channels()][256];
        for (int image = 0; image < set.size(); image++) {
            set.pixels().copy(image, pixels);
            for (int k = 0; k < pixels.length; k++) {
                histogram[k / plane][pixels[k] & 255]++;
            }
        }
        return histogram;
    }
}
