package io.mdc.network;

/** The role of a parameter, by which matching selects what it compares (protocol: convolution weights by default). */
public enum ParameterKind {
    /** Convolution weights {@code [out, in, kH, kW]}. */
    CONVOLUTION_WEIGHT,
    /** Convolution biases {@code [out]}. */
    CONVOLUTION_BIAS,
    /** Scales of a norm {@code [channels]}. */
    NORM_SCALE,
    /** Shifts of a norm {@code [channels]}. */
    NORM_SHIFT,
    /** Weights of a dense layer {@code [in, out]}. */
    DENSE_WEIGHT,
    /** Biases of a dense layer {@code [out]}. */
    DENSE_BIAS
}
