package io.mdc.dataset.picture;

import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How the four samples of an image for print are meant. */
enum Ink {
    /** Cyan, magenta, yellow and black, as in TIFF. */
    AMOUNT,
    /** What is left white of each, as in JPEG. */
    REST,
    /** As in JPEG, the first three as luminance and chroma of the amounts. */
    REST_BY_CHROMA;

    private static final int MARKER = 0xFF;
    private static final int ADOBE = 0xEE;
    private static final int SCAN = 0xDA;
    private static final byte[] NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int TRANSFORM = 11;
    private static final int TRANSFORMED = 2;

    /** What the file's Adobe segment says; the file can be decoded. */
    static Ink ofJpeg(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 2;
        while (at + 4 + TRANSFORM < file.length && (file[at] & MARKER) == MARKER && (file[at + 1] & 255) != SCAN) {
            boolean adobe = (file[at + 1] & 255) == ADOBE
                    && bytes.slice(at + 4, NAME.length).equals(ByteBuffer.wrap(NAME));
            if (adobe) {
                return file[at + 4 + TRANSFORM] == TRANSFORMED ? REST_BY_CHROMA : REST;
            }
            at += 2 + (bytes.getShort(at + 2) & 0xFFFF);
        }
        return REST;
    }

    /** The light that cyan, magenta and yellow leave of what black leaves. */
    Picture picture(Raster raster) {
        int bits = raster.getSampleModel().getSampleSize(0);
        int bands = raster.getNumBands();
        int width = raster.getWidth();
        Picture picture = Picture.blank(raster.getHeight(), width);
        int[] row = new int[width * bands];
        float[] light = new float[4];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 4; c++) {
                    float sample = Samples.to8Bits(row[x * bands + c], bits);
                    light[c] = this == AMOUNT ? 255 - sample : sample;
                }
                if (this == REST_BY_CHROMA) {
                    fromChroma(light);
                }
                for (int c = 0; c < 3; c++) {
                    picture.planes()[c][y * width + x] = (byte) Math.round(light[c] * light[3] / 255);
                }
            }
        }
        return picture;
    }

    private static void fromChroma(float[] samples) {
        float luminance = samples[0];
        float blue = samples[1] - 128;
        float red = samples[2] - 128;
        samples[0] = 255 - byteOf(luminance + 1.402f * red);
        samples[1] = 255 - byteOf(luminance - 0.344136f * blue - 0.714136f * red);
        samples[2] = 255 - byteOf(luminance + 1.772f * blue);
    }

    private static float byteOf(float value) {
        return Math.max(0, Math.min(255, Math.round(value)));
    }
}
