package io.mdc.doctor;

import java.util.Objects;

/**
 * What the Java virtual machine tells of itself.
 *
 * @param feature its version, such as 17
 * @param version its full version
 * @param vendor who built it
 * @param heapBytes the most that the heap takes
 * @param processors cores that it uses
 * @param nameEncoding of names of files
 * @param outputEncoding of text that is printed
 * @param launched whether {@code ./mdc} chose its options
 */
public record JavaRuntime(
        int feature,
        String version,
        String vendor,
        long heapBytes,
        int processors,
        String nameEncoding,
        String outputEncoding,
        boolean launched) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is no processor or no heap
     */
    public JavaRuntime {
        Objects.requireNonNull(version);
        Objects.requireNonNull(vendor);
        Objects.requireNonNull(nameEncoding);
        Objects.requireNonNull(outputEncoding);
        if (feature < 1 || heapBytes < 1 || processors < 1) {
            throw new IllegalArgumentException(
                    "Java " + feature + ", " + heapBytes + " bytes, " + processors + " cores");
        }
    }

    /** That of this process. */
    static JavaRuntime here() {
        return new JavaRuntime(
                Runtime.version().feature(),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("sun.jnu.encoding", "unknown"),
                System.getProperty("stdout.encoding", System.getProperty("file.encoding", "unknown")),
                System.getProperty("org.bytedeco.javacpp.maxphysicalbytes") != null);
    }
}
