package io.mdc.base;

/** Text from files and libraries as it may stand in a message, which is one readable line. */
public final class OneLine {
    private static final int LONGEST_REASON = 200;

    private OneLine() {}

    /** The text with a question mark in place of each line feed and other control character. */
    public static String of(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]", "?");
    }

    /** What a failure says, as part of a message: its first line, not too long. */
    public static String reason(Throwable failure) {
        String line = of(FailureLine.of(failure));
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
