package io.mdc.report;

import io.mdc.base.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A contact sheet: images of equal size in rows and columns, with thin white gaps.
 *
 * @param rows rows of images
 * @param columns images of a row
 * @param channels 3 or more for red, green and blue and what is not drawn, fewer for grey
 * @param height height of an image in pixels
 * @param width width of an image in pixels
 * @param zoom side of the square that a pixel is drawn as
 */
public record ImageSheet(int rows, int columns, int channels, int height, int width, int zoom) {
    private static final int GAP = 2;
    private static final int WHITE = 0xFFFFFF;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if a size is not positive
     */
    public ImageSheet {
        if (Math.min(Math.min(Math.min(rows, columns), channels), Math.min(Math.min(height, width), zoom)) < 1) {
            throw new IllegalArgumentException("sizes of a sheet must be positive: " + rows + ", " + columns + ", "
                    + channels + ", " + height + ", " + width + ", " + zoom);
        }
    }

    /** How many of an image's channels are drawn. */
    public static int drawn(int channels) {
        return channels < 3 ? 1 : 3;
    }

    /**
     * Draws the images.
     *
     * @param pixels their pixels
     * @return a new image, {@code rows · (height · zoom + 2) + 2} pixels high and likewise wide
     */
    public BufferedImage draw(PixelSource pixels) {
        BufferedImage sheet = new BufferedImage(
                columns * (width * zoom + GAP) + GAP, rows * (height * zoom + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                sheet.setRGB(x, y, colour(pixels, y - GAP, x - GAP));
            }
        }
        return sheet;
    }

    /**
     * Draws the images into a PNG file, which appears complete or not at all.
     *
     * @param pixels their pixels
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void writePng(PixelSource pixels, Path file) throws IOException {
        BufferedImage sheet = draw(pixels);
        AtomicFiles.write(file, out -> ImageIO.write(sheet, "png", out));
    }

    /** Returns the colour at a place counted from the first image's corner. */
    private int colour(PixelSource pixels, int sheetY, int sheetX) {
        int row = Math.floorDiv(sheetY, height * zoom + GAP);
        int column = Math.floorDiv(sheetX, width * zoom + GAP);
        int y = Math.floorMod(sheetY, height * zoom + GAP) / zoom;
        int x = Math.floorMod(sheetX, width * zoom + GAP) / zoom;
        if (row < 0 || column < 0 || y >= height || x >= width) {
            return WHITE;
        }
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            float value = pixels.at(row, column, drawn(channels) == 1 ? 0 : channel, y, x);
            rgb = rgb << 8 | Math.round(Math.max(0f, Math.min(1f, value)) * 255f);
        }
        return rgb;
    }
}
