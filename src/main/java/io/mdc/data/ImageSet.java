package io.mdc.data;

import io.mdc.base.Pixels;
import java.util.Arrays;

/**
 * Labelled images of one size, kept as bytes, on the Java heap or in a mapped file.
 *
 * <p>An image is its channels one after another, each a plane of rows from top to bottom ({@code [C, H, W]}). An
 * unsigned byte b stands for the value b / 255 in [0, 1].
 */
public final class ImageSet {
    private final Pixels pixels;
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
        this(onHeap(pixels, labels.length, channels, height, width), labels, classes, channels, height, width);
    }

    /**
     * Creates a set around pixels that are kept elsewhere.
     *
     * @param pixels as many images as there are labels
     * @param labels the class of each image, in 0..classes−1; copied
     * @param classes the number of classes, at least 1; a class may have no images
     * @param channels C, at least 1
     * @param height H, at least 1
     * @param width W, at least 1
     * @throws IllegalArgumentException if a size is below 1 or a label is out of range
     */
    public ImageSet(Pixels pixels, int[] labels, int classes, int channels, int height, int width) {
        if (classes < 1 || channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("an image set needs at least 1 class, channel, row and column, got "
                    + classes + ", " + channels + ", " + height + " and " + width);
        }
        this.pixels = pixels;
        this.labels = labels.clone();
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.indicesOfClass = groupByClass(this.labels, classes);
    }

    private static Pixels onHeap(byte[] pixels, int images, int channels, int height, int width) {
        int imageBytes = channels * height * width;
        long expected = (long) images * imageBytes;
        if (pixels.length != expected) {
            throw new IllegalArgumentException(images + " images of " + channels + "x" + height + "x" + width + " need "
                    + expected + " bytes, got " + pixels.length);
        }
        return (image, target) -> System.arraycopy(pixels, image * imageBytes, target, 0, imageBytes);
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

    /** The pixels of all images. */
    public Pixels pixels() {
        return pixels;
    }

    /** The pixels of an image {@code [C, H, W]}, as a new array. */
    public byte[] image(int number) {
        byte[] bytes = new byte[imageBytes()];
        pixels.copy(number, bytes);
        return bytes;
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
}
