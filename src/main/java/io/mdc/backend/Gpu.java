package io.mdc.backend;

import io.mdc.tensor.Backend;
import io.mdc.tensor.DeviceCounts;
import io.mdc.tensor.cuda.CudaBackend;
import io.mdc.tensor.cuda.CudaUnavailableException;

/** The GPU of this process, taken when first asked for. */
final class Gpu {
    private static CudaBackend opened;

    private Gpu() {}

    /**
     * The backend on it.
     *
     * @throws CudaUnavailableException if there is none that can be used
     */
    static synchronized Backend backend() throws CudaUnavailableException {
        if (opened == null) {
            opened = CudaBackend.open();
        }
        return opened.backend();
    }

    /** Whether a backend is that of the GPU. */
    static synchronized boolean is(Backend other) {
        return opened != null && opened.backend().name().equals(other.name());
    }

    /** How much was asked of the GPU that was taken. */
    static synchronized DeviceCounts counts() {
        return opened.counts();
    }

    /** One line about the GPU that was taken. */
    static synchronized String text() {
        return opened.info().text();
    }
}
