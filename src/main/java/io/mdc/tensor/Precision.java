package io.mdc.tensor;

/** The element type of every tensor of a backend. */
public enum Precision {
    /** 32-bit IEEE floating point: what runs use. */
    FLOAT,
    /** 64-bit IEEE floating point: for reference values and central differences. */
    DOUBLE
}
