package io.mdc.tensor.cuda;

/**
 * How much was asked of a device.
 *
 * @param launches of kernels
 * @param allocations of memory
 * @param reads back to the host, each of which waits
 */
record DeviceCounts(long launches, long allocations, long reads) {
    /** What came since {@code earlier}. */
    DeviceCounts since(DeviceCounts earlier) {
        return new DeviceCounts(launches - earlier.launches, allocations - earlier.allocations, reads - earlier.reads);
    }
}
