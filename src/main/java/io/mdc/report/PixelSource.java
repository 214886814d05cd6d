package io.mdc.report;

/** Pixels of images in rows and columns, whatever array they are in. */
@FunctionalInterface
public interface PixelSource {
    /**
     * Returns one value.
     *
     * @param row row of the image, usually its class
     * @param column column of the image, usually its rank in the class
     * @param channel colour channel
     * @param y line of the image from the top
     * @param x position in the line from the left
     * @return 0 for black to 1 for full; values outside are clamped
     */
    float at(int row, int column, int channel, int y, int x);
}
