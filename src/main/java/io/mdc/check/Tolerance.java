package io.mdc.check;

import io.mdc.tensor.Precision;

/** The largest relative error at which a case passes. */
final class Tolerance {
    private static final double DOUBLE = 1e-9;
    private static final double FLOAT = 1e-4;
    /** A second derivative of rounded first derivatives. */
    private static final double FLOAT_MATCHING = 2e-3;

    private Tolerance() {}

    static double of(String name, Precision precision) {
        if (precision == Precision.DOUBLE) {
            return DOUBLE;
        }
        return name.startsWith("matching-") ? FLOAT_MATCHING : FLOAT;
    }
}
