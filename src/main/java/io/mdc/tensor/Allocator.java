package io.mdc.tensor;

/** Where the tensors of a backend get their memory. */
public interface Allocator {

    /** The type of all elements. */
    Precision precision();

    /**
     * How many bytes there are, of which others may use some; as good as endless where the machine's memory is used.
     */
    default long bytes() {
        return Long.MAX_VALUE;
    }

    /** Whether it is a device's, which computes one thing after another whatever number of threads ask it to. */
    default boolean isOfDevice() {
        return false;
    }

    /**
     * Memory of its own for an array of zeros.
     *
     * @param shape its extents, all positive; kept, not copied: nobody changes it
     */
    Storage allocate(int[] shape);
}
