package io.mdc.backend;

import io.mdc.base.Workers;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import io.mdc.tensor.cuda.CudaUnavailableException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What a run computes with, from its settings.
 *
 * @param backend where tensors live
 * @param workers the threads; closed with the engine
 * @param chunk images computed at a time
 */
public record Compute(Backend backend, Workers workers, int chunk) implements AutoCloseable {
    /** On a CPU a chunk should stay in the cache. */
    private static final int CHUNK_HOST = 16;

    /** On a GPU with ND4J's build chunks are large: few passes over much, as launches cost. */
    private static final int CHUNK_DEVICE = 256;

    /** With our own kernels they are as large as its memory allows, see {@code engine.ChunkedGraph}. */
    private static final int CHUNK_CUDA = 1 << 12;

    private static final AtomicReference<Consumer<String>> NOTES = new AtomicReference<>(note -> {});

    /** Has {@link #start} tell what may not be what was meant, a GPU that is not used, the first time that it is so. */
    public static void tellOnce(Consumer<String> notes) {
        NOTES.set(notes);
    }

    /**
     * Starts the engine.
     *
     * @throws ConfigException if the backend asked for cannot be had here
     */
    public static Compute start(ComputeConfig config) {
        IdleGpu.here().note(config.backend(), Backends.hostMemory()).ifPresent(note -> NOTES.getAndSet(told -> {})
                .accept(note));
        Backend backend =
                switch (config.backend()) {
                    case AUTO -> Backends.hostMemory() ? host(config) : Backends.best();
                    case HOST -> {
                        if (!Backends.hostMemory()) {
                            throw new ConfigException("backend", "host", "cannot be used on a GPU; use nd4j");
                        }
                        yield host(config);
                    }
                    case ND4J -> Backends.nd4j(Precision.FLOAT);
                    case CUDA -> cuda(config.precision());
                };
        int suited =
                config.backend() == BackendKind.CUDA ? CHUNK_CUDA : Backends.hostMemory() ? CHUNK_HOST : CHUNK_DEVICE;
        return new Compute(
                backend, new Workers(config.threadsOrCores()), config.chunk().orElse(suited));
    }

    /**
     * The backend on an NVIDIA GPU.
     *
     * @throws ConfigException if there is none that can be used
     */
    public static Backend cuda(GpuPrecision precision) {
        try {
            return Backends.cuda(precision);
        } catch (CudaUnavailableException e) {
            throw new ConfigException("backend", "cuda", "cannot be used here: " + e.getMessage());
        }
    }

    private static Backend host(ComputeConfig config) {
        return switch (config.convolution()) {
            case AUTO -> Backends.host();
            case DIRECT -> Backends.hostDirect();
            case WINOGRAD -> Backends.hostWinograd();
        };
    }

    @Override
    public void close() {
        workers.close();
    }
}
