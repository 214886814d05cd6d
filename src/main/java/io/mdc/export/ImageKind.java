package io.mdc.export;

/** Which images of a condensed set are exported. */
public enum ImageKind {
    /** The decoded images that networks are trained on, factor² of each stored one. */
    TRAINING,
    /** The images as they are stored. */
    STORED
}
