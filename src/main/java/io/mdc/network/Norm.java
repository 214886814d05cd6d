package io.mdc.network;

/** Which normalisation a network has. */
public enum Norm {
    /** Over each plane; samples do not interact. */
    INSTANCE,
    /** Over each channel of a batch. */
    BATCH
}
