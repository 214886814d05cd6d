package io.mdc.tensor.cuda;

import io.mdc.tensor.Backend;
import io.mdc.tensor.DeviceCounts;
import java.util.Optional;

/**
 * The backend whose every primitive is a kernel of our own on an NVIDIA GPU, in floats; and one like it whose
 * convolutions are products by tensor cores.
 */
public final class CudaBackend {
    /** The name of {@link #backend}. */
    public static final String NAME = "cuda";

    /** The name of {@link #tensorCores}. */
    public static final String TENSOR_CORES = "cuda-tf32";

    private final Device device;
    private final Backend backend;
    private Backend tensorCores;

    private CudaBackend(Device device) {
        this.device = device;
        backend = new Backend(
                NAME,
                new CudaMemory(device),
                new CudaVectorOps(device),
                new CudaMatrixOps(device),
                new CudaConvolutionOps(device, new CudaMemory(device), false),
                Optional.empty(),
                new CudaChainOps(device, new CudaMemory(device)),
                new CudaPlaneOps(device),
                new CudaBatchNormOps(device),
                Optional.of(new CudaSetOps(device, new CudaMemory(device))),
                new CudaImageOps(device, new CudaMemory(device)));
    }

    /**
     * Takes the GPU.
     *
     * @throws CudaUnavailableException if there is none that can be used
     */
    public static CudaBackend open() throws CudaUnavailableException {
        return new CudaBackend(new Device());
    }

    /**
     * Which GPU {@link #open} would take.
     *
     * @throws CudaUnavailableException if there is none that can be used
     */
    public static GpuInfo ask() throws CudaUnavailableException {
        return Device.ask();
    }

    /** Which GPU it is. */
    public GpuInfo info() {
        return device.info();
    }

    /** How much was asked of it so far. */
    public DeviceCounts counts() {
        return device.counts();
    }

    /** The backend on it, named {@link #NAME}. */
    public Backend backend() {
        return backend;
    }

    /**
     * The same, but for convolutions, named {@link #TENSOR_CORES}.
     *
     * @throws CudaUnavailableException if the GPU has no tensor cores for it
     */
    public synchronized Backend tensorCores() throws CudaUnavailableException {
        if (tensorCores == null) {
            device.load(Kernel.Module.TF32);
            tensorCores = new Backend(
                    TENSOR_CORES,
                    backend.memory(),
                    backend.vectors(),
                    backend.matrices(),
                    new CudaConvolutionOps(device, backend.memory(), true),
                    Optional.empty(),
                    backend.chains(),
                    backend.planes(),
                    backend.batchNorms(),
                    backend.sets(),
                    backend.images());
        }
        return tensorCores;
    }

    /** Whether a backend is one of these. */
    public static boolean isOn(Backend other) {
        return other.name().equals(NAME) || other.name().equals(TENSOR_CORES);
    }
}
