package io.mdc.tensor.tiled;

/** Vectors in heap memory for one purpose of one thread; as many and as long as were asked for most. */
final class Vectors {
    private float[][] all = {};
    private int length;

    /** At least {@code count} vectors of at least {@code least}, with unspecified content, valid until asked again. */
    float[][] of(int count, int least) {
        if (all.length < count || length < least) {
            length = Math.max(length, least);
            all = new float[Math.max(all.length, count)][length];
        }
        return all;
    }

    /** One vector of at least {@code least}. */
    float[] of(int least) {
        return of(1, least)[0];
    }
}
