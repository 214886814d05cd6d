package io.mdc.tensor.tiled;

import java.util.Arrays;

/**
 * Adds up overlapping windows into an image: the adjoint of {@link Tiles#windows}, taking the rows of tiles from the
 * top down.
 *
 * <p>The border a window shares with its neighbours is moved over by whole tiles and added; the last pixel row of a row
 * of tiles is held back until the next row has added its border.
 */
final class WindowSum {
    private final Vectors shiftedVectors = new Vectors();
    private final Vectors heldVectors = new Vectors();
    private final Vectors carriedVectors = new Vectors();
    private Tiles tiles;
    private float[] shifted;
    private float[][] held;
    private float[][] carried;
    private float[][] rows = {};

    /** Begins an image. */
    void start(Tiles ofImage) {
        tiles = ofImage;
        int lanes = tiles.rowLanes();
        shifted = shiftedVectors.of(lanes);
        held = heldVectors.of(tiles.side(), lanes);
        carried = carriedVectors.of(tiles.side(), lanes);
        if (rows.length != tiles.side()) {
            rows = new float[tiles.side()][];
        }
    }

    /** Takes the windows of the next row of tiles, which it changes, and writes the pixel rows that are complete. */
    void add(float[][] windows, int tileRow, float[] image) {
        int side = tiles.side();
        int window = side + 2;
        int lanes = tiles.rowLanes();
        int channels = tiles.channels();
        for (int r = 0; r < window; r++) {
            System.arraycopy(windows[r * window], channels, shifted, 0, lanes - channels);
            Arrays.fill(shifted, lanes - channels, lanes, 0);
            add(shifted, windows[r * window + side], lanes);
            System.arraycopy(windows[r * window + side + 1], 0, shifted, channels, lanes - channels);
            Arrays.fill(shifted, 0, channels, 0);
            add(shifted, windows[r * window + 1], lanes);
        }
        if (tileRow > 0) {
            for (int j = 0; j < side; j++) {
                add(windows[1 + j], held[j], lanes);
                add(carried[j], windows[window + 1 + j], lanes);
            }
            tiles.writeRow(held, tileRow * side - 1, image);
        }
        for (int r = 1; r < side; r++) {
            System.arraycopy(windows, r * window + 1, rows, 0, side);
            tiles.writeRow(rows, tileRow * side + r - 1, image);
        }
        for (int j = 0; j < side; j++) {
            System.arraycopy(windows[side * window + 1 + j], 0, held[j], 0, lanes);
            System.arraycopy(windows[(side + 1) * window + 1 + j], 0, carried[j], 0, lanes);
        }
        if (tileRow == tiles.rows() - 1) {
            tiles.writeRow(held, tileRow * side + side - 1, image);
        }
    }

    private static void add(float[] x, float[] into, int lanes) {
        for (int i = 0; i < lanes; i++) {
            into[i] += x[i];
        }
    }
}
