package io.mdc.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as the page shows them. */
final class Numbers {
    private static final int DIGITS = 4;
    private static final double LARGE = 10_000;

    private Numbers() {}

    /** Four digits, or all before the point. */
    static String text(double value) {
        if (Math.abs(value) >= LARGE) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
