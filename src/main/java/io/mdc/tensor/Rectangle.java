package io.mdc.tensor;

/**
 * The pixels of rows {@code top} to {@code bottom} and columns {@code left} to {@code right}, ends excluded; may be
 * empty.
 */
public record Rectangle(int top, int bottom, int left, int right) {

    /** Validates the order of the edges. */
    public Rectangle {
        if (top < 0 || left < 0 || bottom < top || right < left) {
            throw new IllegalArgumentException(
                    "rectangle of rows " + top + "–" + bottom + ", columns " + left + "–" + right);
        }
    }

    /** The number of pixels. */
    public int area() {
        return (bottom - top) * (right - left);
    }
}
