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
    static synchronized Backend backend(GpuPrecision precision) throws CudaUnavailableException {
        if (opened == null) {
            opened = CudaBackend.open();
        }
        return precision == GpuPrecision.TF32 ? opened.tensorCores() : opened.backend();
    }

    /** Whether a backend is on the GPU. */
    static synchronized boolean is(Backend other) {
        return opened != null && CudaBackend.isOn(other);
    }

    /** One line about what a backend on the GPU that was taken computes with. */
    static synchronized String text(Backend backend) {
        return opened.info().text() + (backend.name().equals(CudaBackend.TENSOR_CORES) ? ", TF32" : "");
    }

    /** How much was asked of the GPU that was taken. */
    static synchronized DeviceCounts counts() {
        return opened.counts();
    }
}
