package io.mdc.tensor.cuda;

import java.util.function.IntSupplier;

/**
 * A GPU without room, which garbage may still take up: it is given back a while after it was found, by a thread of its
 * own.
 */
final class Shortage {
    private static final int LONGEST_PAUSE_MS = 256;

    private Shortage() {}

    /**
     * Asks for memory until there is some, for half a second.
     *
     * @param allocation returns the driver's code
     * @return the last code
     */
    static int overcome(IntSupplier allocation) {
        int code = allocation.getAsInt();
        if (code == CudaError.OUT_OF_MEMORY) {
            System.gc();
            code = allocation.getAsInt();
        }
        for (int pause = 1; code == CudaError.OUT_OF_MEMORY && pause <= LONGEST_PAUSE_MS; pause *= 2) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return code;
            }
            code = allocation.getAsInt();
        }
        return code;
    }
}
