package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * Repeated measurements of one thing, in seconds.
 *
 * @param median middle value
 * @param least smallest value
 * @param most largest value
 */
public record Timing(
        @JsonProperty("median_s") double median,
        @JsonProperty("least_s") double least,
        @JsonProperty("most_s") double most) {

    /**
     * Sums up measurements.
     *
     * @throws IllegalArgumentException if there are none
     */
    static Timing of(double[] seconds) {
        if (seconds.length == 0) {
            throw new IllegalArgumentException("no measurements");
        }
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        double middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Timing(middle, sorted[0], sorted[sorted.length - 1]);
    }

    /** This timing of one of {@code parts} equal parts. */
    Timing of(double parts) {
        return new Timing(median / parts, least / parts, most / parts);
    }
}
