package io.mdc.engine.step;

/** What a parameter does in its layer, which decides how it is initialised and whether it is matched. */
public enum ParameterRole {
    /** Convolution weights {@code [out, in, kH, kW]}. */
    CONVOLUTION_WEIGHT(ParameterKind.CONV),
    /** Convolution biases {@code [out]}. */
    CONVOLUTION_BIAS(ParameterKind.CONV_BIAS),
    /** Scales of a norm {@code [channels]}. */
    NORM_SCALE(ParameterKind.NORM),
    /** Shifts of a norm {@code [channels]}. */
    NORM_SHIFT(ParameterKind.NORM),
    /** Running means of a batch norm {@code [channels]}, observed and not learned. */
    RUNNING_MEAN(ParameterKind.NORM),
    /** Running variances of a batch norm {@code [channels]}, observed and not learned. */
    RUNNING_VARIANCE(ParameterKind.NORM),
    /** Weights of a dense layer {@code [in, out]}. */
    DENSE_WEIGHT(ParameterKind.CLASSIFIER),
    /** Biases of a dense layer {@code [out]}. */
    DENSE_BIAS(ParameterKind.CLASSIFIER);

    private final ParameterKind kind;

    ParameterRole(ParameterKind kind) {
        this.kind = kind;
    }

    /** The kind by which settings speak of the parameter. */
    public ParameterKind kind() {
        return kind;
    }
}
