package io.mdc.tensor.cuda;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Backend;
import io.mdc.tensor.DeviceCounts;
import java.util.Optional;

/** The backend whose every primitive is a kernel of our own on an NVIDIA GPU, in floats. */
public final class CudaBackend {
    private final Device device;
    private final Backend backend;

    private CudaBackend(Device device) {
        this.device = device;
        Allocator memory = new CudaMemory(device);
        backend = new Backend(
                "cuda",
                memory,
                new CudaVectorOps(device),
                new CudaMatrixOps(device),
                new CudaConvolutionOps(device, memory),
                Optional.empty(),
                new CudaChainOps(device, memory),
                new CudaPlaneOps(device),
                new CudaBatchNormOps(device),
                Optional.of(new CudaSetOps(device, memory)),
                new CudaImageOps(device, memory));
    }

    /**
     * Takes the GPU.
     *
     * @throws CudaUnavailableException if there is none that can be used
     */
    public static CudaBackend open() throws CudaUnavailableException {
        return new CudaBackend(new Device());
    }

    /** Which GPU it is. */
    public GpuInfo info() {
        return device.info();
    }

    /** How much was asked of it so far. */
    public DeviceCounts counts() {
        return device.counts();
    }

    /** The backend on it, named {@code cuda}. */
    public Backend backend() {
        return backend;
    }
}
