package io.mdc.dataset.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/** The stored samples of what a plugin decoded, as red, green and blue. */
final class Samples {
    private static final int MOST_BITS = 16;

    private Samples() {}

    /**
     * Returns the samples as planes.
     *
     * @throws IOException if samples are no whole numbers of up to 16 bits
     */
    static Picture of(BufferedImage image) throws IOException {
        Raster raster = image.getRaster();
        boolean whole = raster.getTransferType() == DataBuffer.TYPE_BYTE
                || raster.getTransferType() == DataBuffer.TYPE_USHORT
                || raster.getTransferType() == DataBuffer.TYPE_INT;
        if (!whole || raster.getSampleModel().getSampleSize(0) > MOST_BITS) {
            throw new IOException("its samples are no whole numbers of up to " + MOST_BITS + " bits");
        }
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel) {
            return ofPalette(image);
        }
        boolean cmyk = colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
        return cmyk ? Ink.AMOUNT.picture(raster) : ofLight(raster);
    }

    /** Grey, red, green and blue are what they are, whatever colour space the plugin thinks they are in. */
    private static Picture ofLight(Raster raster) {
        int bands = raster.getNumBands();
        int width = raster.getWidth();
        Picture picture = Picture.blank(raster.getHeight(), width);
        int[] row = new int[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int c = 0; c < 3; c++) {
                int band = bands < 3 ? 0 : c;
                int bits = raster.getSampleModel().getSampleSize(band);
                byte[] plane = picture.planes()[c];
                for (int x = 0; x < width; x++) {
                    plane[y * width + x] = (byte) to8Bits(row[x * bands + band], bits);
                }
            }
        }
        return picture;
    }

    static int to8Bits(int value, int bits) {
        return bits >= 8 ? value >> (bits - 8) : value * 255 / ((1 << bits) - 1);
    }

    private static Picture ofPalette(BufferedImage image) {
        int width = image.getWidth();
        Picture picture = Picture.blank(image.getHeight(), width);
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                picture.planes()[0][y * width + x] = (byte) (row[x] >> 16);
                picture.planes()[1][y * width + x] = (byte) (row[x] >> 8);
                picture.planes()[2][y * width + x] = (byte) row[x];
            }
        }
        return picture;
    }
}
