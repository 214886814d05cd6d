package io.mdc.base;

/** The memory of Java objects, for messages where it ends. */
public final class JavaHeap {
    private static final long GIB = 1L << 30;

    private JavaHeap() {}

    /** At most so many bytes. */
    public static long bytes() {
        return Runtime.getRuntime().maxMemory();
    }

    /** What to set so that it has at least so many bytes, such as {@code MDC_HEAP=8g}. */
    public static String setting(long bytes) {
        return "MDC_HEAP=" + Math.max(1, (bytes + GIB - 1) / GIB) + "g";
    }
}
