package io.mdc.published;

import io.mdc.base.DataException;
import io.mdc.data.Normalization;
import io.mdc.evaluate.CondensedSet;
import io.mdc.numpy.NumpyArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a condensed set of images and labels: sorted by class, the images of a class in the order of the file. */
public final class PublishedSet {
    private static final double WHITE = 255;
    private static final double FAR_ABOVE_WHITE = 10;
    private static final int MOST_CLASSES = 100_000;

    private PublishedSet() {}

    /**
     * The set.
     *
     * @param path of the file, for messages
     * @throws DataException if images or labels are of another shape or type, pixels are not finite or those of bytes
     *     in floats, or classes have different numbers of images
     */
    public static CondensedSet of(PublishedFile file, Reading reading, Path path) {
        int[] shape = file.images().shape();
        if (shape.length != 4 || Arrays.stream(shape).anyMatch(n -> n == 0)) {
            throw new DataException(path + ": images of shape " + Arrays.toString(shape)
                    + ", expected [images, channels, height, width]");
        }
        int[] labels = labels(file.labels(), shape[0], path);
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        Integer[] order = IntStream.range(0, labels.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingInt(i -> labels[i]));
        int ipc = perClass(labels, classes, path);
        float[] pixels = pixels(file.images(), shape, reading, path);
        requireNoBytes(pixels, reading, path);
        float[] sorted = new float[pixels.length];
        int image = pixels.length / shape[0];
        for (int i = 0; i < order.length; i++) {
            int place = i / ipc * ipc + place(i % ipc, ipc, reading.tileMajor(), path);
            System.arraycopy(pixels, order[i] * image, sorted, place * image, image);
        }
        if (reading.factor() > Math.min(shape[2], shape[3])) {
            throw new DataException(path + ": images of " + shape[2] + "x" + shape[3] + " have no " + reading.factor()
                    + "x" + reading.factor() + " tiles");
        }
        return new CondensedSet(sorted, shape, classes, reading.factor());
    }

    /** What may not be as expected of the pixels of such a set: one line, or empty. */
    public static Optional<String> remark(CondensedSet set, Reading reading) {
        return Outside.of(set).words(reading, set.channels());
    }

    private static int[] labels(NumpyArray array, int images, Path path) {
        int[] shape = array.shape();
        boolean flat = shape.length == 1 || (shape.length == 2 && shape[1] == 1);
        if (!flat || shape[0] != images) {
            throw new DataException(path + ": labels of shape " + Arrays.toString(shape) + " for " + images
                    + " images, expected one number each; soft labels cannot be evaluated");
        }
        return IntStream.range(0, images)
                .map(i -> {
                    double label = array.value(i);
                    if (label != Math.rint(label) || label < 0 || label >= MOST_CLASSES) {
                        throw new DataException(path + ": label " + label + " of image " + i
                                + ", expected a class from 0; soft labels cannot be evaluated");
                    }
                    return (int) label;
                })
                .toArray();
    }

    private static int perClass(int[] labels, int classes, Path path) {
        int[] counts = new int[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        for (int c = 1; c < classes; c++) {
            if (counts[c] != counts[0]) {
                throw new DataException(path + ": " + counts[0] + " images of class 0 and " + counts[c] + " of class "
                        + c + "; every class must have as many");
            }
        }
        return counts[0];
    }

    /** Where the image at a place in its class comes. */
    private static int place(int inClass, int ipc, int tileMajor, Path path) {
        int tiles = tileMajor * tileMajor;
        if (ipc % tiles != 0) {
            throw new DataException(
                    path + ": " + ipc + " images per class are not " + tiles + " tiles of each of several");
        }
        int images = ipc / tiles;
        return inClass % images * tiles + inClass / images;
    }

    private static float[] pixels(NumpyArray images, int[] shape, Reading reading, Path path) {
        float[] pixels = new float[images.length()];
        int plane = shape[2] * shape[3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) pixel(images.value(i), i / plane % shape[1], images.type(), reading, shape[1], path);
            if (!Float.isFinite(pixels[i])) {
                throw new DataException(path + ": a pixel of " + pixels[i] + ", expected finite numbers");
            }
        }
        return pixels;
    }

    /** Methods that do not limit pixels leave some below black, too, and none so far above white. */
    private static void requireNoBytes(float[] pixels, Reading reading, Path path) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float pixel : pixels) {
            least = Math.min(least, pixel);
            most = Math.max(most, pixel);
        }
        if (reading.normalised().isEmpty() && least >= 0 && most > FAR_ABOVE_WHITE && most <= WHITE) {
            throw new DataException(path + ": pixels are floats from " + least + " to " + most
                    + ", expected 0 to 1; they look like 0 to 255: divide by 255, or save as bytes (uint8)");
        }
    }

    private static double pixel(
            double value, int channel, NumpyArray.Type type, Reading reading, int channels, Path path) {
        if (reading.normalised().isPresent()) {
            Normalization normalization = reading.normalised().get();
            if (normalization.channels() != channels || !type.isFloating()) {
                throw new DataException(path + ": " + channels + " channels of " + type.title()
                        + ", expected normalised numbers of " + normalization.channels() + " channels");
            }
            return value * normalization.std().get(channel)
                    + normalization.mean().get(channel);
        } else if (type == NumpyArray.Type.UINT8) {
            return value / WHITE;
        } else if (!type.isFloating()) {
            throw new DataException(path + ": pixels of " + type.title() + ", expected floats or bytes");
        }
        return value;
    }
}
