package io.mdc.tensor;

/** The order of an image's elements in memory; shapes are written {@code [n, C, H, W]} whatever it is. */
public enum Layout {
    /** {@code [n][C][H][W]}: a plane after another, as ND4J has it. */
    PLANES,
    /** {@code [n][H][W][C]}: a pixel after another, all its channels together. */
    PIXELS
}
