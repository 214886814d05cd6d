package io.mdc.tensor.tiled;

/** Copies and sums of short runs of floats; those of three pixels of three channels without a loop. */
final class Runs {
    private static final int COLOURS = 9;

    private Runs() {}

    /** {@code to[t…] = from[f…]}. */
    static void copy(float[] from, int f, float[] to, int t, int length) {
        if (length != COLOURS) {
            System.arraycopy(from, f, to, t, length);
            return;
        }
        to[t] = from[f];
        to[t + 1] = from[f + 1];
        to[t + 2] = from[f + 2];
        to[t + 3] = from[f + 3];
        to[t + 4] = from[f + 4];
        to[t + 5] = from[f + 5];
        to[t + 6] = from[f + 6];
        to[t + 7] = from[f + 7];
        to[t + 8] = from[f + 8];
    }

    /** {@code to[t…] += from[f…]}. */
    static void add(float[] from, int f, float[] to, int t, int length) {
        if (length != COLOURS) {
            for (int k = 0; k < length; k++) {
                to[t + k] += from[f + k];
            }
            return;
        }
        to[t] += from[f];
        to[t + 1] += from[f + 1];
        to[t + 2] += from[f + 2];
        to[t + 3] += from[f + 3];
        to[t + 4] += from[f + 4];
        to[t + 5] += from[f + 5];
        to[t + 6] += from[f + 6];
        to[t + 7] += from[f + 7];
        to[t + 8] += from[f + 8];
    }
}
