package io.mdc.evaluate;

import io.mdc.base.DataException;
import io.mdc.batch.ImageSource;
import io.mdc.data.Normalization;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A finished synthetic set, as in {@code synthetic.npz}: stored images {@code [classes·N, C, H, W]}, class-major, in
 * prefix order, values in [0, 1]. Immutable.
 */
public final class CondensedSet {
    private static final String IMAGES = "images";
    private static final String BYTES = "images_uint8";
    private static final String LABELS = "labels";
    private static final String FACTOR = "factor";

    private final float[] images;
    private final int[] shape;
    private final int classes;
    private final int factor;

    /**
     * A set of images.
     *
     * @param images stored images, row-major; copied
     * @param shape {@code [classes·N, C, H, W]}; copied
     * @param classes number of classes
     * @param factor multi-formation factor f
     * @throws IllegalArgumentException if numbers and shape do not fit, or there is not as much as an image per class
     *     and a pixel per tile
     */
    public CondensedSet(float[] images, int[] shape, int classes, int factor) {
        this.images = images.clone();
        this.shape = shape.clone();
        this.classes = classes;
        this.factor = factor;
        long elements = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (shape.length != 4 || elements != images.length || elements == 0) {
            throw new IllegalArgumentException("images of shape " + Arrays.toString(shape));
        }
        if (classes < 1 || shape[0] % classes != 0) {
            throw new IllegalArgumentException(shape[0] + " images of " + classes + " classes");
        }
        if (factor < 1 || factor > Math.min(shape[2], shape[3])) {
            throw new IllegalArgumentException("factor " + factor + " for images of " + shape[2] + "x" + shape[3]);
        }
    }

    /**
     * The images of several sets together: in every class those of the first, then those of the next.
     *
     * @throws IllegalArgumentException if there is none, or they differ in classes, factor or size of images
     */
    public static CondensedSet joined(List<CondensedSet> sets) {
        CondensedSet first = sets.get(0);
        int[] shape = first.shape.clone();
        shape[0] = sets.stream().mapToInt(set -> set.shape[0]).sum();
        int image = shape[1] * shape[2] * shape[3];
        float[] images = new float[shape[0] * image];
        int next = 0;
        for (int c = 0; c < first.classes; c++) {
            for (CondensedSet set : sets) {
                first.requireLike(set);
                int count = set.ipc() * image;
                System.arraycopy(set.images, c * count, images, next, count);
                next += count;
            }
        }
        return new CondensedSet(images, shape, first.classes, first.factor);
    }

    /**
     * Every class of one of several sets of the same shape.
     *
     * @param of the number of the set that a class is taken from
     * @throws IllegalArgumentException if they differ in classes, number of images, factor or size of images
     */
    public static CondensedSet ofClasses(List<CondensedSet> sets, IntUnaryOperator of) {
        CondensedSet first = sets.get(0);
        float[] images = new float[first.images.length];
        int each = images.length / first.classes;
        for (int c = 0; c < first.classes; c++) {
            CondensedSet set = sets.get(of.applyAsInt(c));
            first.requireLike(set);
            if (set.images.length != images.length) {
                throw new IllegalArgumentException(
                        "sets of " + first.ipc() + " and " + set.ipc() + " images per class");
            }
            System.arraycopy(set.images, c * each, images, c * each, each);
        }
        return new CondensedSet(images, first.shape, first.classes, first.factor);
    }

    private void requireLike(CondensedSet other) {
        if (classes != other.classes
                || factor != other.factor
                || !Arrays.equals(shape, 1, shape.length, other.shape, 1, other.shape.length)) {
            throw new IllegalArgumentException(
                    "sets of " + Arrays.toString(shape) + " and " + Arrays.toString(other.shape) + " cannot be joined");
        }
    }

    /** SHA-256 of shape, classes, factor and images, whatever file they are in. */
    public String sha256() {
        ByteBuffer content = ByteBuffer.allocate((shape.length + 2 + images.length) * Integer.BYTES);
        Arrays.stream(shape).forEach(content::putInt);
        content.putInt(classes).putInt(factor);
        for (float value : images) {
            content.putFloat(value);
        }
        return DigestUtils.sha256Hex(content.array());
    }

    /** Number of classes. */
    public int classes() {
        return classes;
    }

    /** Stored images per class, N. */
    public int ipc() {
        return shape[0] / classes;
    }

    /** Multi-formation factor f: each stored image holds f×f training images. */
    public int factor() {
        return factor;
    }

    /** Colour channels of an image, C. */
    public int channels() {
        return shape[1];
    }

    /** Rows of an image, H. */
    public int height() {
        return shape[2];
    }

    /** Columns of an image, W. */
    public int width() {
        return shape[3];
    }

    /** A pixel of stored image {@code image}, in [0, 1]. */
    public float pixel(int image, int channel, int row, int column) {
        return images[index(image, channel, row, column)];
    }

    /** Training images of a class: the tiles of its stored images, N·f². */
    public int trainingImagesPerClass() {
        return ipc() * factor * factor;
    }

    /**
     * All training images, decoded and normalised as they are loaded; takes memory for the stored images.
     *
     * @return class by class, stored image by stored image, tiles in row order
     */
    public ImageSource trainingImages(Backend backend, Normalization normalization) {
        return PrefixImages.whole(this, backend, normalization);
    }

    /** Whether all tiles are of one size, so that they can change places. */
    public boolean hasEqualTiles() {
        return height() % factor == 0 && width() % factor == 0;
    }

    /**
     * The same tiles at other places: pixels are moved, so that training images are those of this set.
     *
     * @param tiles for every place, in the order of {@link #trainingImages}, the number of the tile that comes there
     * @throws IllegalArgumentException if tiles are not of one size, or one is left out or would change its class
     */
    public CondensedSet rearranged(List<Integer> tiles) {
        int perClass = trainingImagesPerClass();
        boolean[] placed = new boolean[classes * perClass];
        float[] moved = new float[images.length];
        for (int place = 0; place < tiles.size(); place++) {
            int tile = tiles.get(place);
            if (tile / perClass != place / perClass || placed[tile]) {
                throw new IllegalArgumentException("tile " + tile + " at place " + place);
            }
            placed[tile] = true;
            move(tile, place, moved);
        }
        if (tiles.size() != placed.length || !hasEqualTiles()) {
            throw new IllegalArgumentException(tiles.size() + " places for " + placed.length + " tiles of images of "
                    + height() + "x" + width() + " and factor " + factor);
        }
        return new CondensedSet(moved, shape, classes, factor);
    }

    private void move(int tile, int place, float[] moved) {
        for (int channel = 0; channel < channels(); channel++) {
            for (int row = 0; row < height() / factor; row++) {
                System.arraycopy(
                        images, start(tile, channel, row), moved, start(place, channel, row), width() / factor);
            }
        }
    }

    /** Where a row of a tile begins. */
    private int start(int tile, int channel, int row) {
        int image = tile / (factor * factor);
        int top = tile / factor % factor * (height() / factor);
        int left = tile % factor * (width() / factor);
        return index(image, channel, top + row, left);
    }

    private int index(int image, int channel, int row, int column) {
        return ((image * shape[1] + channel) * shape[2] + row) * shape[3] + column;
    }

    /** The stored images {@code [classes·N, C, H, W]} as a new tensor. */
    Tensor images(Backend backend) {
        Tensor tensor = backend.zeros(shape);
        tensor.set(images);
        return tensor;
    }

    /**
     * Writes the set for NumPy: {@code images} float32, {@code images_uint8}, {@code labels} int64 and {@code factor}
     * int64. The file appears complete or not at all.
     */
    public void write(Path file) throws IOException {
        byte[] bytes = new byte[images.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, images[i])));
        }
        long[] labels = new long[shape[0]];
        Arrays.setAll(labels, i -> i / ipc());
        new NumpyArchive()
                .put(IMAGES, NumpyArray.of(images, shape))
                .put(BYTES, NumpyArray.of(bytes, shape))
                .put(LABELS, NumpyArray.of(labels, shape[0]))
                .put(FACTOR, NumpyArray.of(new long[] {factor}))
                .write(file);
    }

    /**
     * Reads such a file.
     *
     * @throws DataException if it is missing, damaged or not a condensed set
     */
    public static CondensedSet read(Path file) {
        if (!Files.exists(file)) {
            throw new DataException(
                    file + ": no such file; a finished run has one, mdc condense --resume finishes a run");
        }
        try {
            NumpyArchive archive = NumpyArchive.read(file);
            NumpyArray images = archive.get(IMAGES);
            double[] labels = archive.get(LABELS).toDoubles();
            int classes = (int) Arrays.stream(labels).max().orElse(-1) + 1;
            double factor = archive.get(FACTOR).toDoubles()[0];
            if (factor != Math.rint(factor)) {
                throw new IOException("factor " + factor + " is not a whole number");
            }
            CondensedSet set = new CondensedSet(images.toFloats(), images.shape(), classes, (int) factor);
            for (float value : set.images) {
                if (!Float.isFinite(value)) {
                    throw new IOException("a pixel is " + value);
                }
            }
            if (labels.length != set.shape[0]) {
                throw new IOException(labels.length + " labels of " + set.shape[0] + " images");
            }
            for (int i = 0; i < labels.length; i++) {
                int label = i / set.ipc();
                if (labels[i] != label) {
                    throw new IOException("labels that are not in class order");
                }
            }
            return set;
        } catch (IOException | RuntimeException e) {
            throw new DataException(file + ": not a readable condensed set: " + e.getMessage(), e);
        }
    }
}
