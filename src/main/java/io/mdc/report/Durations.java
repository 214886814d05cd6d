package io.mdc.report;

import java.time.Duration;

/** Durations as people write them. */
public final class Durations {
    private Durations() {}

    /**
     * Writes a duration with its two largest units.
     *
     * @param duration not negative
     * @return for example {@code 45 s}, {@code 2 min 10 s} or {@code 1 h 05 min}
     */
    public static String text(Duration duration) {
        long seconds = duration.plusMillis(500).toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3600) {
            return "%d min %02d s".formatted(seconds / 60, seconds % 60);
        }
        return "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
    }
}
