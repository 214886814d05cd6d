package io.mdc.dataset.picture;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * A decoded image: red, green and blue planes of unsigned bytes.
 *
 * <p>Samples are taken as they are stored, without colour management, as Pillow does; grey becomes three equal planes,
 * transparency is dropped, 16 bits are cut to 8.
 *
 * @param planes {@code [3][height · width]}; not copied, being large, and written to by {@link Samples} alone
 * @param height in pixels
 * @param width in pixels
 */
public record Picture(byte[][] planes, int height, int width) {
    /** Endings of the names of files that {@link #decode} reads, in lower case. */
    public static final List<String> ENDINGS =
            List.of("jpg", "jpeg", "jfif", "png", "webp", "bmp", "tif", "tiff", "gif");

    /** Whether a file of this name is one that {@link #decode} reads. */
    public static boolean isNamed(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Is asked before an image is decoded. */
    @FunctionalInterface
    public interface Permission {
        /**
         * Returns once there is memory for an image of so many pixels.
         *
         * @throws IOException if there never will be
         */
        void await(int width, int height) throws IOException;
    }

    /**
     * Decodes the content of a file: its only or first image.
     *
     * @param permission asked when the size is known
     * @throws IOException if it is not an image that can be read, or part of it is missing
     */
    public static Picture decode(byte[] file, Permission permission) throws IOException {
        return Decoder.decode(file, permission);
    }

    static Picture blank(int height, int width) {
        return new Picture(new byte[3][height * width], height, width);
    }

    /** The extent that {@link #writeSquare} brings to another. */
    public int shorterSide() {
        return Math.min(height, width);
    }

    /** Writes the middle of the image, its shorter side brought to {@code size}, as bytes {@code [3, size, size]}. */
    public void writeSquare(int size, byte[] target) {
        boolean tall = height > width;
        int newHeight = tall ? (int) ((long) size * height / width) : size;
        int newWidth = tall ? size : (int) ((long) size * width / height);
        Resampling rows = new Resampling(height, newHeight);
        Resampling columns = new Resampling(width, newWidth);
        int top = (int) Math.rint((newHeight - size) / 2.0);
        int left = (int) Math.rint((newWidth - size) / 2.0);
        for (int c = 0; c < 3; c++) {
            float[] narrow = columns.alongRows(planes[c], height, left, size);
            float[] small = rows.alongColumns(narrow, size, top, size);
            for (int i = 0; i < small.length; i++) {
                target[c * small.length + i] = (byte) Math.max(0, Math.min(255, Math.round(small[i])));
            }
        }
    }
}
