package io.mdc.report.sheet;

import io.mdc.report.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What stands in one place of a {@link Sheet}: a text for people, and a number for programs if it is one. */
public final class Entry {
    private static final int DECIMALS = 4;
    private static final double MILLIS = 1000;
    private static final Entry NOTHING = new Entry("-", Optional.empty(), Optional.empty(), "");

    private final String text;
    private final Optional<BigDecimal> value;
    private final Optional<BigDecimal> deviation;
    private final String mark;

    private Entry(String text, Optional<BigDecimal> value, Optional<BigDecimal> deviation) {
        this(text, value, deviation, "");
    }

    private Entry(String text, Optional<BigDecimal> value, Optional<BigDecimal> deviation, String mark) {
        this.text = text;
        this.value = value;
        this.deviation = deviation;
        this.mark = mark;
    }

    /** A name. */
    public static Entry text(String text) {
        return new Entry(text, Optional.empty(), Optional.empty());
    }

    /** A number of things. */
    public static Entry count(long count) {
        return new Entry(Long.toString(count), Optional.of(BigDecimal.valueOf(count)), Optional.empty());
    }

    /** A time: its largest units for people, seconds for programs. */
    public static Entry duration(Duration duration) {
        return new Entry(
                Durations.text(duration), Optional.of(rounded(duration.toMillis() / MILLIS)), Optional.empty());
    }

    /** A measured number. */
    public static Entry figure(double value) {
        return new Entry(oneDecimal(value), Optional.of(rounded(value)), Optional.empty());
    }

    /** A mean with its standard deviation. */
    public static Entry figure(double mean, double deviation) {
        return new Entry(
                oneDecimal(mean) + " ± " + oneDecimal(deviation),
                Optional.of(rounded(mean)),
                Optional.of(rounded(deviation)));
    }

    /** A number that is shown with its sign. */
    public static Entry difference(double value) {
        String text = oneDecimal(value);
        boolean zero = text.equals("0.0") || text.equals("-0.0");
        return new Entry(
                zero ? "0.0" : String.format(Locale.ROOT, "%+.1f", value),
                Optional.of(rounded(value)),
                Optional.empty());
    }

    /** A number with the digits that others have printed. */
    public static Entry printed(BigDecimal value) {
        return new Entry(value.toPlainString(), Optional.of(rounded(value)), Optional.empty());
    }

    /** A mean and its standard deviation with the digits that others have printed. */
    public static Entry printed(BigDecimal mean, BigDecimal deviation) {
        return new Entry(
                mean.toPlainString() + " ± " + deviation.toPlainString(),
                Optional.of(rounded(mean)),
                Optional.of(rounded(deviation)));
    }

    /** A difference with its sign and the digits that others have printed. */
    public static Entry printedDifference(BigDecimal value) {
        return new Entry(
                (value.signum() > 0 ? "+" : "") + value.toPlainString(), Optional.of(rounded(value)), Optional.empty());
    }

    /** The same with a mark behind it, which the note of the table explains. */
    public Entry marked(String sign) {
        return new Entry(text, value, deviation, mark + sign);
    }

    /** An empty place. */
    public static Entry nothing() {
        return NOTHING;
    }

    boolean isNothing() {
        return this == NOTHING;
    }

    /** What people read. */
    public String text() {
        return text + mark;
    }

    /** What stands behind it; often nothing. */
    String mark() {
        return mark;
    }

    Optional<BigDecimal> value() {
        return value;
    }

    Optional<BigDecimal> deviation() {
        return deviation;
    }

    private static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static BigDecimal rounded(double value) {
        return rounded(BigDecimal.valueOf(value));
    }

    private static BigDecimal rounded(BigDecimal value) {
        BigDecimal rounded = value.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
