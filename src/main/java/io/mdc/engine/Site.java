package io.mdc.engine;

/** Where a backward pass starts. */
public enum Site {
    /** The output of the classifier, {@code [n, classes]}. */
    LOGITS,
    /** The last feature layer: what enters the classifier, or the global average pooling in front of it. */
    FEATURES
}
