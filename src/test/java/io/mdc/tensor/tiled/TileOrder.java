package io.mdc.tensor.tiled;

import io.mdc.tensor.Layout;
import io.mdc.tensor.TiledOps;

/** The orders of elements of {@link TiledOps}, by their definitions. */
final class TileOrder {
    private TileOrder() {}

    /** Images {@code [n, C, pixels]} in the order of a layout. */
    static double[] images(double[] planes, int n, int channels, Layout layout) {
        if (layout == Layout.PLANES) {
            return planes;
        }
        int pixels = planes.length / n / channels;
        double[] out = new double[planes.length];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < channels; c++) {
                for (int p = 0; p < pixels; p++) {
                    out[(i * pixels + p) * channels + c] = planes[(i * channels + c) * pixels + p];
                }
            }
        }
        return out;
    }

    /** {@code [n, C, H, W]} as {@code [side²][n][tiles][C]}. */
    static double[] tile(double[] planes, int n, int channels, int height, int width, int side) {
        double[] out = new double[planes.length];
        for (int i = 0; i < planes.length; i++) {
            out[place(i, n, channels, height, width, side)] = planes[i];
        }
        return out;
    }

    /** The inverse of {@link #tile}. */
    static double[] untile(double[] tiled, int n, int channels, int height, int width, int side) {
        double[] out = new double[tiled.length];
        for (int i = 0; i < tiled.length; i++) {
            out[i] = tiled[place(i, n, channels, height, width, side)];
        }
        return out;
    }

    private static int place(int element, int n, int channels, int height, int width, int side) {
        int x = element % width;
        int y = element / width % height;
        int c = element / (width * height) % channels;
        int i = element / (width * height * channels);
        int phase = y % side * side + x % side;
        int tile = y / side * (width / side) + x / side;
        int tiles = height / side * (width / side);
        return ((phase * n + i) * tiles + tile) * channels + c;
    }
}
