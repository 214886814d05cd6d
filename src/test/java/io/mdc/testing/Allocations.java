package io.mdc.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The memory that this thread takes from the Java heap. */
public final class Allocations {
    /** What is measured. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    private Allocations() {}

    /** Bytes of all objects that it makes, whether or not they are soon given up. */
    public static long of(Work work) throws Exception {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        work.run();
        return thread.getCurrentThreadAllocatedBytes() - before;
    }
}
