package io.mdc.data;

import java.util.Arrays;

/**
 * Mean and standard deviation per channel, of pixel values in [0, 1]; networks see {@code (value − mean) / std}.
 *
 * @param mean one per channel, finite; copied
 * @param std one per channel, positive and finite; copied
 */
public record Normalization(double[] mean, double[] std) {
    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if the arrays are empty or differ in length, or a value is out of range
     */
    public Normalization {
        if (mean.length == 0 || mean.length != std.length) {
            throw new IllegalArgumentException("a normalization needs one mean and one standard deviation per channel, "
                    + "got " + mean.length + " and " + std.length);
        }
        mean = mean.clone();
        std = std.clone();
        for (int c = 0; c < mean.length; c++) {
            if (!Double.isFinite(mean[c])) {
                throw new IllegalArgumentException("mean of channel " + c + " is " + mean[c] + ", expected a number");
            }
            if (!(std[c] > 0) || Double.isInfinite(std[c])) {
                throw new IllegalArgumentException(
                        "standard deviation of channel " + c + " is " + std[c] + ", expected a number > 0");
            }
        }
    }

    /**
     * Returns the mean per channel.
     *
     * @return a copy
     */
    @Override
    public double[] mean() {
        return mean.clone();
    }

    /**
     * Returns the standard deviation per channel.
     *
     * @return a copy
     */
    @Override
    public double[] std() {
        return std.clone();
    }

    /**
     * Returns the number of channels.
     *
     * @return at least 1
     */
    public int channels() {
        return mean.length;
    }

    /**
     * Returns the normalization that leaves values in [0, 1] as they are.
     *
     * @param channels the number of channels, at least 1
     * @return mean 0, standard deviation 1
     */
    public static Normalization identity(int channels) {
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        return new Normalization(new double[channels], ones);
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
        int plane = set.height() * set.width();
        long[][] histogram = new long[set.channels()][256];
        byte[] pixels = set.pixels();
        for (int from = 0; from < pixels.length; ) {
            for (long[] counts : histogram) {
                for (int end = from + plane; from < end; ) {
                    counts[pixels[from++] & 255]++;
                }
            }
        }
        double n = (double) set.size() * plane;
        double[] mean = new double[set.channels()];
        double[] std = new double[set.channels()];
        for (int c = 0; c < mean.length; c++) {
            for (int b = 0; b < 256; b++) {
                mean[c] += histogram[c][b] * (b / 255.0) / n;
            }
            double variance = 0;
            for (int b = 0; b < 256; b++) {
                double difference = b / 255.0 - mean[c];
                variance += histogram[c][b] * difference * difference / n;
            }
            std[c] = Math.sqrt(variance);
        }
        return new Normalization(mean, std);
    }

    /** The normalised value of each byte, {@code [channels][256]}. */
    float[][] byteValues(int channels) {
        if (channels != mean.length) {
            throw new IllegalArgumentException(
                    "a normalization of " + mean.length + " channels does not fit images of " + channels);
        }
        float[][] values = new float[channels][256];
        for (int c = 0; c < channels; c++) {
            for (int b = 0; b < 256; b++) {
                values[c][b] = (float) ((b / 255.0 - mean[c]) / std[c]);
            }
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalization that && Arrays.equals(mean, that.mean) && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
    }

    @Override
    public String toString() {
        return "mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std);
    }
}
