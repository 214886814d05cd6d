package io.mdc.backend;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Backend;
import io.mdc.tensor.DeviceCounts;
import io.mdc.tensor.Precision;
import io.mdc.tensor.TiledOps;
import io.mdc.tensor.cuda.CudaUnavailableException;
import io.mdc.tensor.host.HostBackend;
import io.mdc.tensor.nd4j.Nd4jBackend;
import io.mdc.tensor.tiled.HostTiledOps;
import java.util.Optional;
import java.util.function.Function;

/** Makes the backends of this process. */
public final class Backends {
    private Backends() {}

    /** Every primitive by ND4J ops, on the CPU or on CUDA, whichever ND4J backend is on the class path. */
    public static Backend nd4j(Precision precision) {
        return Nd4jBackend.of(precision);
    }

    /**
     * Products by BLAS, memory-bound primitives by loops over host memory, and 3×3 convolutions by whichever way is
     * fastest for their shape; floats on the CPU only.
     *
     * @throws IllegalStateException if ND4J's arrays are not in host memory
     */
    public static Backend host() {
        return host("host", memory -> Optional.of(new HostTiledOps(memory, false)));
    }

    /** {@link #host} with direct convolution everywhere. */
    public static Backend hostDirect() {
        return host("host-direct", memory -> Optional.empty());
    }

    /** {@link #host} with Winograd's convolution wherever it applies. */
    public static Backend hostWinograd() {
        return host("host-winograd", memory -> Optional.of(new HostTiledOps(memory, true)));
    }

    /**
     * Every primitive by kernels of our own on an NVIDIA GPU, in floats; the same one every time.
     *
     * @throws CudaUnavailableException if there is none that can be used; the message says why
     */
    public static Backend cuda(GpuPrecision precision) throws CudaUnavailableException {
        return Gpu.backend(precision);
    }

    private static Backend host(String name, Function<Allocator, Optional<TiledOps>> tiled) {
        if (!hostMemory()) {
            throw new IllegalStateException("--backend host: ND4J runs on a GPU here; use --backend nd4j");
        }
        Backend nd4j = nd4j(Precision.FLOAT);
        return HostBackend.over(nd4j, name, tiled.apply(nd4j.memory()));
    }

    /** Whether ND4J's arrays are in memory that Java loops can read. */
    public static boolean hostMemory() {
        return Nd4jBackend.inHostMemory();
    }

    /** The fastest float backend here: {@link #host()} on the CPU, {@link #nd4j} on a GPU. */
    public static Backend best() {
        return hostMemory() ? host() : nd4j(Precision.FLOAT);
    }

    /**
     * One line about what a backend of this process computes with: the GPU of {@link #cuda}, else
     * {@link #description()}.
     */
    public static String description(Backend backend) {
        return Gpu.is(backend) ? Gpu.text(backend) : description();
    }

    /** How much was asked of the GPU of {@link #cuda} so far; empty for other backends. */
    public static Optional<DeviceCounts> counts(Backend backend) {
        return Gpu.is(backend) ? Optional.of(Gpu.counts()) : Optional.empty();
    }

    /** One line about ND4J's build and the processor, for manifests and bug reports. */
    public static String description() {
        return Nd4jBackend.description();
    }

    /** The name of ND4J's build that runs, or would run, without loading it. */
    public static String build() {
        return Nd4jBackend.build();
    }
}
