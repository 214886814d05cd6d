package io.mdc.engine.step;

/** A kind of network parameters whose gradients can be matched. */
public enum ParameterKind {
    /** Convolution weights. */
    CONV,
    /** Convolution biases. */
    CONV_BIAS,
    /** Scale and shift of normalisations. */
    NORM,
    /** Weights and biases of the classifier. */
    CLASSIFIER
}
