package io.mdc.tensor.tiled;

import io.mdc.tensor.Layout;
import io.mdc.tensor.Tensor;
import java.util.Arrays;

/**
 * How the planes of an image are cut into tiles, and the ways between an image in heap memory and vectors of lanes; a
 * lane is a channel of a tile, {@code [tile column][C]}, of one row of tiles or of all.
 *
 * @param side of a tile in pixels
 * @param rows of tiles
 * @param columns of tiles
 * @param channels per pixel
 */
record Tiles(int side, int rows, int columns, int channels) {

    int height() {
        return rows * side;
    }

    int width() {
        return columns * side;
    }

    int phases() {
        return side * side;
    }

    int count() {
        return rows * columns;
    }

    /** Lanes of a row of tiles. */
    int rowLanes() {
        return columns * channels;
    }

    /** Lanes of all tiles. */
    int lanes() {
        return rows * columns * channels;
    }

    int elements() {
        return phases() * lanes();
    }

    /**
     * Copies some rows of tiles of an image into a vector for every pixel of a tile.
     *
     * @param first row of tiles
     * @param count rows of tiles
     */
    void split(float[] image, Layout layout, int first, int count, float[][] phases) {
        move(image, layout, first, count, phases, true);
    }

    /** The inverse of {@link #split}. */
    void join(float[][] phases, Layout layout, int first, int count, float[] image) {
        move(image, layout, first, count, phases, false);
    }

    private void move(float[] image, Layout layout, int first, int count, float[][] phases, boolean split) {
        int plane = height() * width();
        for (int y = first * side; y < (first + count) * side; y++) {
            int row = (y / side - first) * columns;
            for (int x = 0; x < width(); x++) {
                float[] phase = phases[y % side * side + x % side];
                int lane = (row + x / side) * channels;
                int pixel = y * width() + x;
                if (layout == Layout.PIXELS && split) {
                    System.arraycopy(image, pixel * channels, phase, lane, channels);
                } else if (layout == Layout.PIXELS) {
                    System.arraycopy(phase, lane, image, pixel * channels, channels);
                } else if (split) {
                    for (int c = 0; c < channels; c++) {
                        phase[lane + c] = image[c * plane + pixel];
                    }
                } else {
                    for (int c = 0; c < channels; c++) {
                        image[c * plane + pixel] = phase[lane + c];
                    }
                }
            }
        }
    }

    /**
     * Copies the windows of a row of tiles, each a tile with a border of one pixel that is 0 outside the image, from an
     * image in {@link Layout#PIXELS}.
     *
     * @param windows a vector of {@link #rowLanes} for each of the (side + 2)² pixels
     */
    void windows(float[] image, int tileRow, float[][] windows) {
        int window = side + 2;
        for (int r = 0; r < window; r++) {
            int y = tileRow * side + r - 1;
            for (int c = 0; c < window; c++) {
                float[] lanes = windows[r * window + c];
                if (y < 0 || y >= height()) {
                    Arrays.fill(lanes, 0, rowLanes(), 0);
                    continue;
                }
                for (int tile = 0; tile < columns; tile++) {
                    int x = tile * side + c - 1;
                    if (x < 0 || x >= width()) {
                        Arrays.fill(lanes, tile * channels, (tile + 1) * channels, 0);
                    } else {
                        System.arraycopy(image, (y * width() + x) * channels, lanes, tile * channels, channels);
                    }
                }
            }
        }
    }

    /** Writes row {@code y} of an image in {@link Layout#PIXELS} from a vector per pixel of a tile's row. */
    void writeRow(float[][] phases, int y, float[] image) {
        for (int x = 0; x < width(); x++) {
            System.arraycopy(phases[x % side], x / side * channels, image, (y * width() + x) * channels, channels);
        }
    }

    /** Image {@code i} of a batch in {@code layout}, as {@link Layout#PIXELS} in heap memory of the calling thread. */
    float[] read(Tensor batch, int i, Layout layout) {
        float[] image = Lanes.get().of("tiles.image", elements());
        if (layout == Layout.PIXELS) {
            batch.host().floats().get(i * elements(), image, 0, elements());
            return image;
        }
        float[] planes = Lanes.get().of("tiles.planes", elements());
        batch.host().floats().get(i * elements(), planes, 0, elements());
        int pixels = height() * width();
        for (int c = 0; c < channels; c++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                image[pixel * channels + c] = planes[c * pixels + pixel];
            }
        }
        return image;
    }

    /** The inverse of {@link #read}, from an image that may be what {@link #read} returned. */
    void write(float[] image, Tensor batch, int i, Layout layout) {
        if (layout == Layout.PIXELS) {
            batch.host().floats().put(i * elements(), image, 0, elements());
            return;
        }
        float[] planes = Lanes.get().of("tiles.planes", elements());
        int pixels = height() * width();
        for (int c = 0; c < channels; c++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                planes[c * pixels + pixel] = image[pixel * channels + c];
            }
        }
        batch.host().floats().put(i * elements(), planes, 0, elements());
    }
}
