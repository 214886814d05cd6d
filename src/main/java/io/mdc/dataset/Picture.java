package io.mdc.dataset;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A decoded image: red, green and blue planes of values 0..255.
 *
 * <p>Samples are taken as they are stored, without colour management, as Pillow does; grey becomes three equal planes,
 * transparency is dropped, 16 bits are cut to 8.
 *
 * @param planes {@code [3][height · width]}; not copied, being large, and written to by the decoder in this class alone
 * @param height in pixels
 * @param width in pixels
 */
record Picture(float[][] planes, int height, int width) {
    private static final long MOST_PIXELS = 200_000_000;

    static {
        ImageIO.setUseCache(false);
    }

    /**
     * Decodes a file.
     *
     * @throws IOException if it is not an image that can be read
     */
    static Picture read(Path file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
            if (readers == null || !readers.hasNext()) {
                throw new IOException("not a JPEG or PNG image");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    throw new IOException("more than " + MOST_PIXELS + " pixels");
                }
                return of(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException e) {
            throw new IOException("damaged image: " + e.getMessage(), e);
        }
    }

    private static Picture of(BufferedImage image) {
        ColorModel colours = image.getColorModel();
        boolean stored = !(colours instanceof IndexColorModel)
                && colours.getColorSpace().getType() != ColorSpace.TYPE_CMYK
                && image.getRaster().getNumBands() != 2;
        return stored ? ofSamples(image) : ofColours(image);
    }

    private static Picture ofSamples(BufferedImage image) {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        Picture picture = blank(image);
        int[] row = new int[image.getWidth() * bands];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, row);
            for (int c = 0; c < 3; c++) {
                int band = bands < 3 ? 0 : c;
                int bits = raster.getSampleModel().getSampleSize(band);
                for (int x = 0; x < image.getWidth(); x++) {
                    picture.planes[c][y * image.getWidth() + x] = to8Bits(row[x * bands + band], bits);
                }
            }
        }
        return picture;
    }

    private static float to8Bits(int value, int bits) {
        return bits >= 8 ? value >> (bits - 8) : value * 255f / ((1 << bits) - 1);
    }

    private static Picture ofColours(BufferedImage image) {
        Picture picture = blank(image);
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < rgb.length; i++) {
            picture.planes[0][i] = rgb[i] >> 16 & 255;
            picture.planes[1][i] = rgb[i] >> 8 & 255;
            picture.planes[2][i] = rgb[i] & 255;
        }
        return picture;
    }

    private static Picture blank(BufferedImage image) {
        return new Picture(new float[3][image.getWidth() * image.getHeight()], image.getHeight(), image.getWidth());
    }

    /** Writes the middle of the image, its shorter side brought to {@code size}, as bytes {@code [3, size, size]}. */
    void writeSquare(int size, byte[] target) {
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
