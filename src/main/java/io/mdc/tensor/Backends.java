package io.mdc.tensor;

import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/** Makes the backends of this process. */
public final class Backends {
    private Backends() {}

    /** Every primitive by ND4J ops, on the CPU or on CUDA, whichever ND4J backend is on the class path. */
    public static Backend nd4j(Precision precision) {
        NativeBuild.choose();
        Scratch scratch = new Scratch(precision);
        return new Backend(
                "nd4j",
                precision,
                new Nd4jVectorOps(),
                new Nd4jMatrixOps(),
                new Nd4jConvolutionOps(scratch),
                Optional.empty(),
                new Nd4jChainOps(),
                new Nd4jPlaneOps(scratch),
                new Nd4jBatchNormOps(),
                new Nd4jImageOps());
    }

    /**
     * Products by BLAS, memory-bound primitives by loops over host memory, and 3×3 convolutions by whichever way is
     * fastest for their shape; floats on the CPU only.
     *
     * @throws IllegalStateException if ND4J's arrays are not in host memory
     */
    public static Backend host() {
        return host("host", Optional.of(new HostTiledOps(false)));
    }

    /** {@link #host} with direct convolution everywhere. */
    public static Backend hostDirect() {
        return host("host-direct", Optional.empty());
    }

    /** {@link #host} with Winograd's convolution wherever it applies. */
    public static Backend hostWinograd() {
        return host("host-winograd", Optional.of(new HostTiledOps(true)));
    }

    private static Backend host(String name, Optional<TiledOps> tiled) {
        if (!hostMemory()) {
            throw new IllegalStateException("--backend host: ND4J runs on a GPU here; use --backend nd4j");
        }
        Scratch scratch = new Scratch(Precision.FLOAT);
        MatrixOps matrices = new HostMatrixOps();
        return new Backend(
                name,
                Precision.FLOAT,
                new HostVectorOps(),
                matrices,
                new HostConvolutionOps(new Nd4jConvolutionOps(scratch), matrices, scratch),
                tiled,
                new HostChainOps(),
                new HostPlaneOps(new Nd4jPlaneOps(scratch)),
                new HostBatchNormOps(),
                new HostImageOps());
    }

    /** Whether ND4J's arrays are in memory that Java loops can read. */
    public static boolean hostMemory() {
        NativeBuild.choose();
        return Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");
    }

    /** The fastest float backend here: {@link #host()} on the CPU, {@link #nd4j} on a GPU. */
    public static Backend best() {
        return hostMemory() ? host() : nd4j(Precision.FLOAT);
    }

    /** One line about ND4J's build and the processor, for manifests and bug reports. */
    public static String description() {
        NativeBuild.choose();
        return Nd4j.getBackend().getClass().getSimpleName() + " " + NativeBuild.name();
    }
}
