package io.mdc.data;

import java.util.Arrays;

/**
 * Labelled images of one size, kept as bytes.
 *
 * <p>Image i occupies {@link #imageBytes()} bytes from {@code i · imageBytes()}: its channels one after another, each a
 * plane of rows from top to bottom ({@code [n, C, H, W]}). An unsigned byte b stands for the value b / 255 in [0, 1].
 */
public final class ImageSet {
    private final byte[] pixels;
    private final int[] labels;
    private final int[][] indicesOfClass;
    private final int channels;
    private final int height;
    private final int width;

    /**
     * Creates a set around an array of pixels.
     *
     * @param pixels {@code [n, C, H, W]}; kept, not copied: the caller must not write to it any more
     * @param labels the class of each image, in 0..classes−1; copied
     * @param classes the number of classes, at least 1; a class may have no images
     * @param channels C, at least 1
     * @param height H, at least 1
     * @param width W, at least 1
     * @throws IllegalArgumentException if a size is below 1, the number of pixels does not fit the number of labels or
     *     a label is out of range
     */
    public ImageSet(byte[] pixels, int[] labels, int classes, int channels, int height, int width) {
        if (classes < 1 || channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("an image set needs at least 1 class, channel, row and column, got "
                    + classes + ", " + channels + ", " + height + " and " + width);
        }
        long expected = (long) labels.length * channels * height * width;
        if (pixels.length != expected) {
            throw new IllegalArgumentException(labels.length + " images of " + channels + "x" + height + "x" + width
                    + " need " + expected + " bytes, got " + pixels.length);
        }
        this.pixels = pixels;
        this.labels = labels.clone();
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.indicesOfClass = groupByClass(this.labels, classes);
    }

    private static int[][] groupByClass(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "image " + i + " has label " + labels[i] + ", expected 0.." + (classes - 1));
            }
            counts[labels[i]]++;
        }
        int[][] groups = new int[classes][];
        Arrays.setAll(groups, c -> new int[counts[c]]);
        Arrays.fill(counts, 0);
        for (int i = 0; i < labels.length; i++) {
            groups[labels[i]][counts[labels[i]]++] = i;
        }
        return groups;
    }

    /**
     * Returns the number of images.
     *
     * @return n
     */
    public int size() {
        return labels.length;
    }

    /**
     * Returns the number of classes.
     *
     * @return labels are in 0..classes−1
     */
    public int classes() {
        return indicesOfClass.length;
    }

    /**
     * Returns the number of colour channels.
     *
     * @return C
     */
    public int channels() {
        return channels;
    }

    /**
     * Returns the number of rows of an image.
     *
     * @return H
     */
    public int height() {
        return height;
    }

    /**
     * Returns the number of columns of an image.
     *
     * @return W
     */
    public int width() {
        return width;
    }

    /**
     * Returns the number of bytes of one image.
     *
     * @return C · H · W
     */
    public int imageBytes() {
        return channels * height * width;
    }

    /**
     * Returns the class of an image.
     *
     * @param image in 0..size−1
     * @return in 0..classes−1
     */
    public int label(int image) {
        return labels[image];
    }

    /**
     * Returns the pixels of all images.
     *
     * @return {@code [n, C, H, W]}; shared for speed, not a copy: read only
     */
    public byte[] pixels() {
        return pixels;
    }

    /**
     * Returns the images of one class.
     *
     * @param label in 0..classes−1
     * @return their numbers, ascending; shared, computed once: read only
     */
    public int[] indicesOfClass(int label) {
        return indicesOfClass[label];
    }

    /**
     * Writes images as floats, {@code (value − mean) / std} per channel with the value in [0, 1].
     *
     * @param images the numbers of the images to write, in this order
     * @param normalization mean and standard deviation per channel; {@link Normalization#identity} for values in [0, 1]
     * @param target receives {@code [images.length, C, H, W]} from its start
     * @throws IllegalArgumentException if the number of channels differs or the target is too short
     */
    public void copyTo(int[] images, Normalization normalization, float[] target) {
        if (target.length < (long) images.length * imageBytes()) {
            throw new IllegalArgumentException(images.length + " images need " + (long) images.length * imageBytes()
                    + " floats, the target has " + target.length);
        }
        float[][] values = normalization.byteValues(channels);
        int plane = height * width;
        int to = 0;
        for (int image : images) {
            int from = image * imageBytes();
            for (float[] channel : values) {
                for (int end = to + plane; to < end; ) {
                    target[to++] = channel[pixels[from++] & 255];
                }
            }
        }
    }
}
