package io.mdc.tensor.nd4j;

import org.bytedeco.javacpp.Pointer;

/**
 * How much memory arrays outside the Java heap may take.
 *
 * @param mostBytes of all arrays together; JavaCPP refuses more
 * @param mostResidentBytes of the whole process; JavaCPP frees what it can, and then refuses more
 */
public record NativeMemory(long mostBytes, long mostResidentBytes) {
    /** What JavaCPP was told, or chose, in this process. */
    public static NativeMemory limits() {
        return new NativeMemory(Pointer.maxBytes(), Pointer.maxPhysicalBytes());
    }
}
