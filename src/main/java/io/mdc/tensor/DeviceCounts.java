package io.mdc.tensor;

/**
 * How much was asked of a device.
 *
 * @param launches of kernels
 * @param copies to it and within it, and areas set to 0
 * @param allocations of memory
 * @param reads back to the host, each of which waits
 * @param bytes of memory that are held
 */
public record DeviceCounts(long launches, long copies, long allocations, long reads, long bytes) {
    /** What came since {@code earlier}. */
    public DeviceCounts since(DeviceCounts earlier) {
        return new DeviceCounts(
                launches - earlier.launches,
                copies - earlier.copies,
                allocations - earlier.allocations,
                reads - earlier.reads,
                bytes - earlier.bytes);
    }
}
