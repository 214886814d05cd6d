package io.mdc.tensor;

/** The order of the elements of an image batch in memory; shapes are written {@code [n, C, H, W]} whatever it is. */
public enum Layout {
    /** {@code [n][C][H][W]}: a plane after another, and row-major order for tensors that are no images. */
    PLANES(0),
    /** {@code [n][H][W][C]}: a pixel after another, all its channels together. */
    PIXELS(0),
    /** Tiled with sides of 2 pixels. */
    TILES_2(2),
    /**
     * Tiled with sides m of 4 pixels: {@code [m²][n][tiles][C]}, so that the same pixel of all tiles, with all
     * channels, is one run of memory. Samples do not lie together.
     */
    TILES_4(4);

    private final int side;

    Layout(int side) {
        this.side = side;
    }

    /** The side of a tile in pixels, 0 where there are none. */
    public int side() {
        return side;
    }

    /**
     * The layout of tiles of {@code side} pixels.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Layout tiles(int side) {
        return switch (side) {
            case 2 -> TILES_2;
            case 4 -> TILES_4;
            default -> throw new IllegalArgumentException("tiles of side " + side + "; there are sides 2 and 4");
        };
    }
}
