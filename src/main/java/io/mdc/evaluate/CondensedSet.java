package io.mdc.evaluate;

import io.mdc.augment.Transform;
import io.mdc.base.DataException;
import io.mdc.batch.TensorImages;
import io.mdc.data.Normalization;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.synthetic.MultiFormation;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A finished synthetic set, as in {@code synthetic.npz}.
 *
 * @param images stored images {@code [classes·N, C, H, W]}, row-major, class-major, in prefix order, values in [0, 1]
 * @param shape of {@code images}
 * @param classes number of classes
 * @param factor multi-formation factor f
 */
public record CondensedSet(float[] images, int[] shape, int classes, int factor) {
    private static final String IMAGES = "images";
    private static final String BYTES = "images_uint8";
    private static final String LABELS = "labels";
    private static final String FACTOR = "factor";

    /** Stored images per class, N. */
    public int ipc() {
        return shape[0] / classes;
    }

    /**
     * Writes the set for NumPy: {@code images} float32, {@code images_uint8}, {@code labels} int64 and {@code factor}
     * int64.
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
            int[] shape = images.shape();
            if (shape.length != 4 || classes < 1 || shape[0] != labels.length || shape[0] % classes != 0) {
                throw new IOException("arrays of shapes that are not a condensed set's");
            }
            int ipc = shape[0] / classes;
            if (IntStream.range(0, labels.length).anyMatch(i -> (int) labels[i] != i / ipc)) {
                throw new IOException("labels that are not in class order");
            }
            return new CondensedSet(
                    images.toFloats(), shape, classes, (int) archive.get(FACTOR).toDoubles()[0]);
        } catch (IOException | RuntimeException e) {
            throw new DataException(file + ": not a readable condensed set: " + e.getMessage(), e);
        }
    }

    /** The training images of the first {@code size} stored images of every class: decoded and normalised. */
    TensorImages prefix(int size, Backend backend, Normalization normalization) {
        MultiFormation formation = new MultiFormation(factor, shape[2], shape[3]);
        Tensor stored = backend.zeros(shape);
        stored.set(images);
        int perClass = size * formation.tilesPerImage();
        Tensor decoded = backend.zeros(classes * perClass, shape[1], shape[2], shape[3]);
        for (int c = 0; c < classes; c++) {
            formation.decode(
                    backend.images(),
                    stored.rows(c * ipc(), (c + 1) * ipc()),
                    formation.full(size),
                    decoded.rows(c * perClass, (c + 1) * perClass));
        }
        Transform.ChannelScale.of(normalization).apply(backend.images(), decoded);
        int[] labels = new int[classes * perClass];
        Arrays.setAll(labels, i -> i / perClass);
        return new TensorImages(backend.images(), decoded, labels);
    }
}
