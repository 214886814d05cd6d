package io.mdc.dataset;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * An array of unsigned bytes in the IDX format, compressed or not.
 *
 * <p>Source of the format: the page of the MNIST database. A file is two zero bytes, the type of the elements (8 for
 * unsigned bytes), the number of dimensions, each extent as a big-endian 32-bit number, and the elements, row-major.
 *
 * @param shape the extents
 * @param bytes the elements
 */
record IdxFile(int[] shape, byte[] bytes) {
    private static final int UNSIGNED_BYTES = 8;
    /** What DEFLATE can save at most: no file holds more than so many times its length. */
    private static final long MOST_GROWTH = 1032;

    /**
     * Reads a file.
     *
     * @param dimensions how many there must be
     * @throws IOException saying what is wrong, if it is another kind of file, or is cut short
     */
    static IdxFile read(Path file, int dimensions) throws IOException {
        boolean compressed = file.toString().endsWith(".gz");
        long room = Files.size(file) * (compressed ? MOST_GROWTH : 1);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                DataInputStream in = new DataInputStream(compressed ? new GZIPInputStream(raw) : raw)) {
            int magic = in.readInt();
            if (magic != (UNSIGNED_BYTES << 8 | dimensions)) {
                throw new IOException("begins with 0x" + Integer.toHexString(magic) + ", not with 0x"
                        + Integer.toHexString(UNSIGNED_BYTES << 8 | dimensions)
                        + " as an IDX file of unsigned bytes in "
                        + dimensions + " dimensions");
            }
            int[] shape = new int[dimensions];
            long size = 1;
            for (int k = 0; k < dimensions; k++) {
                shape[k] = in.readInt();
                size = shape[k] < 1 || size > room ? Long.MAX_VALUE : size * shape[k];
            }
            if (size > room || size > Integer.MAX_VALUE - Long.BYTES) {
                throw new IOException("says it holds " + Arrays.toString(shape) + ", which is not in it");
            }
            byte[] bytes = in.readNBytes((int) size);
            if (bytes.length < size) {
                throw new EOFException("ends after " + bytes.length + " of " + size + " elements");
            } else if (in.read() >= 0) {
                throw new IOException("goes on after " + size + " elements");
            }
            return new IdxFile(shape, bytes);
        } catch (EOFException e) {
            throw new IOException(e.getMessage() == null ? "ends too early" : e.getMessage(), e);
        }
    }
}
