package io.mdc.export;

import io.mdc.base.DataException;
import io.mdc.batch.ImageSource;
import io.mdc.data.Normalization;
import io.mdc.evaluate.CondensedSet;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The prefix of a condensed set as images with labels, size-major: image 0 of every class, then image 1 of every class;
 * of decoded images, all tiles of stored image 0 of every class come first.
 *
 * @param values {@code [images, C, H, W]}, row-major, not normalised; not copied, as they may be most of the memory
 * @param shape {@code [images, C, H, W]}; copied
 * @param perPrefix rows that an image per class adds to the set, {@code classes} or {@code classes · factor²}
 * @param classNames in the order of the labels; copied
 */
public record ExportedImages(float[] values, int[] shape, int perPrefix, List<String> classNames) {
    /** Less is lost by rounding. */
    private static final float HALF_STEP = 0.5F / 255;

    /** As many as Java's arrays of bytes can hold. */
    private static final long MOST = Integer.MAX_VALUE / Float.BYTES - 1024;

    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ExportedImages {
        shape = shape.clone();
        classNames = List.copyOf(classNames);
        long elements = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (shape.length != 4 || elements != values.length || elements == 0) {
            throw new IllegalArgumentException("images of shape " + Arrays.toString(shape));
        }
        if (classNames.isEmpty() || perPrefix % classNames.size() != 0 || shape[0] % perPrefix != 0) {
            throw new IllegalArgumentException(
                    shape[0] + " images of " + classNames.size() + " classes, " + perPrefix + " for each size");
        }
    }

    /**
     * Those of the first {@code size} stored images of every class.
     *
     * @param classNames one for each class of the set
     * @param backend decodes
     * @throws DataException if there are not as many names as classes
     * @throws ConfigException if the images take more memory than an array can have
     */
    public static ExportedImages of(
            CondensedSet set, int size, ImageKind kind, List<String> classNames, Backend backend) {
        if (classNames.size() != set.classes()) {
            throw new DataException("the run has names of " + classNames.size() + " classes and images of "
                    + set.classes() + "; its files are not of one run");
        }
        int tiles = kind == ImageKind.TRAINING ? set.factor() * set.factor() : 1;
        int[] shape = {size * set.classes() * tiles, set.channels(), set.height(), set.width()};
        long elements = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (elements > MOST) {
            throw new ConfigException(
                    "size",
                    size,
                    "has " + shape[0] + " images of " + 4 * elements / shape[0] + " bytes each, and at most " + 4 * MOST
                            + " bytes can be written at once; take a smaller size, or --images stored");
        }
        float[] values = new float[(int) elements];
        int block = values.length / (size * set.classes());
        ImageSource decoded = tiles == 1 ? null : set.trainingImages(backend, Normalization.identity(set.channels()));
        for (int image = 0; image < size; image++) {
            for (int label = 0; label < set.classes(); label++) {
                int stored = label * set.ipc() + image;
                float[] pixels = tiles == 1 ? stored(set, stored) : decoded(decoded, stored, tiles, shape, backend);
                System.arraycopy(pixels, 0, values, (image * set.classes() + label) * block, block);
            }
        }
        return new ExportedImages(values, shape, set.classes() * tiles, classNames);
    }

    private static float[] stored(CondensedSet set, int image) {
        int plane = set.height() * set.width();
        float[] pixels = new float[set.channels() * plane];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = set.pixel(image, i / plane, i % plane / set.width(), i % set.width());
        }
        return pixels;
    }

    private static float[] decoded(ImageSource source, int stored, int tiles, int[] shape, Backend backend) {
        int[] numbers = new int[tiles];
        Arrays.setAll(numbers, k -> stored * tiles + k);
        Tensor out = backend.zeros(tiles, shape[1], shape[2], shape[3]);
        source.load(numbers, out);
        return out.toFloats();
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    /** How many images there are. */
    public int count() {
        return shape[0];
    }

    /** Colour channels of an image. */
    public int channels() {
        return shape[1];
    }

    /** Rows of an image. */
    public int height() {
        return shape[2];
    }

    /** Columns of an image. */
    public int width() {
        return shape[3];
    }

    /** The class of an image, from 0. */
    public int label(int image) {
        return image / (perPrefix / classNames.size()) % classNames.size();
    }

    /** The classes of all images, from 0. */
    public long[] labels() {
        long[] labels = new long[count()];
        Arrays.setAll(labels, this::label);
        return labels;
    }

    /** What bytes of the images do not hold of them, in words; empty if nothing but what rounding changes. */
    public Optional<String> lostInBytes() {
        int outside = 0;
        for (float value : values) {
            outside += value < -HALF_STEP || value > 1 + HALF_STEP ? 1 : 0;
        }
        return outside == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%.1f %% of the values are below 0 or above 1 and were cut off there, so that the accuracy of"
                                + " networks trained on them is another; npz, npy and pt hold them as they are",
                        100.0 * outside / values.length));
    }

    /** An image as bytes {@code [C, H, W]}: values from 0 to 1 as 0 to 255, rounded; what is outside is clamped. */
    public byte[] bytes(int image) {
        byte[] bytes = new byte[values.length / count()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, values[image * bytes.length + i])));
        }
        return bytes;
    }
}
