package io.mdc.setting;

import java.util.OptionalInt;

/** The numbers from {@code min} to {@code max}, either of which may be infinite. */
record Range(double min, double max) {
    /** Tells whether a value is in range; what is not a number always is. */
    boolean contains(Object value) {
        if (value instanceof OptionalInt optional) {
            return optional.isEmpty() || contains(optional.getAsInt());
        }
        return !(value instanceof Number number) || (number.doubleValue() >= min && number.doubleValue() <= max);
    }

    /** Returns the range as in "1 to 10", empty if everything is in it. */
    @Override
    public String toString() {
        if (Double.isInfinite(max)) {
            return Double.isInfinite(min) ? "" : TextForm.format(min) + " or more";
        }
        return TextForm.format(min) + " to " + TextForm.format(max);
    }

    /** Returns the range as the end of "must be a number …". */
    String phrase() {
        if (Double.isInfinite(max)) {
            return Double.isInfinite(min) ? "" : " of at least " + TextForm.format(min);
        }
        return " from " + TextForm.format(min) + " to " + TextForm.format(max);
    }
}
