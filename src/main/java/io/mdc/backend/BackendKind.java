package io.mdc.backend;

/** Array backend. */
public enum BackendKind {
    /** The fastest for this machine. */
    AUTO,
    /** ND4J, with loops over host memory where they are faster. */
    HOST,
    /** ND4J for everything. */
    ND4J,
    /** Our own kernels on an NVIDIA GPU. */
    CUDA;

    /** Whether it has several ways to compute 3×3 convolutions; on a GPU {@link #AUTO} has none to choose from. */
    public boolean takesConvolution() {
        return this == AUTO || this == HOST;
    }
}
