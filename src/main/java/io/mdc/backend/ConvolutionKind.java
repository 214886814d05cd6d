package io.mdc.backend;

/** How 3×3 convolutions are computed on the host backend. */
public enum ConvolutionKind {
    /** What was measured to be fastest for a layer's shape. */
    AUTO,
    /** One product per weight, by ND4J. */
    DIRECT,
    /** By Winograd's transforms wherever they apply. */
    WINOGRAD
}
