package io.mdc.tensor.nd4j;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/** The backend whose every primitive is made of ND4J ops, on the CPU or on CUDA. */
public final class Nd4jBackend {
    private static final String CUDA = "/org/nd4j/linalg/jcublas/JCublasBackend.class";

    private Nd4jBackend() {}

    /** A backend named {@code nd4j}, on whichever ND4J backend is on the class path. */
    public static Backend of(Precision precision) {
        Allocator memory = new Nd4jMemory(precision, inHostMemory());
        return new Backend(
                "nd4j",
                memory,
                new Nd4jVectorOps(),
                new Nd4jMatrixOps(),
                new Nd4jConvolutionOps(memory),
                Optional.empty(),
                new Nd4jChainOps(),
                new Nd4jPlaneOps(memory),
                new Nd4jBatchNormOps(),
                Optional.empty(),
                new Nd4jImageOps(memory));
    }

    /** Whether ND4J's arrays are in memory that Java loops can read. */
    public static boolean inHostMemory() {
        NativeBuild.choose();
        return Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");
    }

    /** One line about ND4J's build and the processor, for manifests and bug reports. */
    public static String description() {
        NativeBuild.choose();
        return Nd4j.getBackend().getClass().getSimpleName() + " " + NativeBuild.name();
    }

    /** The build that runs, or would run, by name, without loading it: {@code cuda}, {@code onednn-avx2}, … */
    public static String build() {
        if (Nd4jBackend.class.getResource(CUDA) != null) {
            return "cuda";
        }
        NativeBuild.choose();
        return NativeBuild.name();
    }
}
