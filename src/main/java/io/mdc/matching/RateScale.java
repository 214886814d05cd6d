package io.mdc.matching;

/** What the learning rate of the images is multiplied by. */
public enum RateScale {
    /** The images per class, in tens, and the pixels, in those of the base size. */
    SIZE,
    /** Nothing. */
    NONE
}
