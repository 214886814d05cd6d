package io.mdc.tensor;

/**
 * The memory of one tensor: a run of elements of a backend's memory, seen under a shape.
 *
 * <p>Several storages may share memory. Each keeps what its backend's ops take for an array, made when first needed:
 * that can cost more than a small primitive. Only primitives look into a storage.
 */
public interface Storage {

    /** The type of the elements. */
    Precision precision();

    /** The number of elements. */
    long size();

    /**
     * The elements from number {@code first} on under another shape, sharing memory with this.
     *
     * @param shape kept, not copied: nobody changes it; its elements are within this storage
     */
    Storage view(long first, int[] shape);

    /**
     * This and {@code next} as one, sharing memory with both; null unless they lie behind each other in one memory, on
     * a backend where few large copies are better than many small ones.
     */
    default Storage followedBy(Storage next) {
        return null;
    }

    /**
     * Copies elements from number {@code first} on into {@code values}, as many as those have room for.
     *
     * @throws IndexOutOfBoundsException if there are fewer
     */
    void read(long first, double[] values);

    /** {@link #read(long, double[])}, rounded. */
    void read(long first, float[] values);

    /**
     * Overwrites elements from number {@code first} on, rounding to this storage's precision.
     *
     * @throws IndexOutOfBoundsException if there are fewer than {@code values}
     */
    void write(long first, double[] values);

    /** {@link #write(long, double[])} of floats. */
    void write(long first, float[] values);

    /**
     * This memory for loops of Java and for native libraries of the CPU.
     *
     * @throws IllegalStateException if its elements are not floats in host memory
     */
    HostStorage host();
}
