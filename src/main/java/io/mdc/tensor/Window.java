package io.mdc.tensor;

/**
 * A square pooling window that moves over a plane.
 *
 * @param side of the window in pixels, at least 1
 * @param stride step in pixels, at least 1
 * @param padding pixels outside the plane on each side that windows may cover, from 0 to half the side
 */
public record Window(int side, int stride, int padding) {

    /** Validates the window. */
    public Window {
        if (side < 1 || stride < 1 || padding < 0 || 2 * padding > side) {
            throw new IllegalArgumentException("pooling window of side " + side + ", stride " + stride + ", padding "
                    + padding + "; needs side ≥ 1, stride ≥ 1, 0 ≤ padding ≤ side/2");
        }
    }

    /** The number of windows along an axis of {@code extent} pixels; pixels that do not fill a window are dropped. */
    public int output(int extent) {
        return (extent + 2 * padding - side) / stride + 1;
    }
}
