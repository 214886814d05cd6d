package io.mdc.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The content of {@code evaluation.json}.
 *
 * @param run the run directory, as it was given
 * @param protocol how networks were trained
 * @param results one per prefix, in ascending size
 */
public record Evaluation(String run, Protocol protocol, List<PrefixResult> results) {

    /**
     * How networks were trained and measured.
     *
     * @param epochs passes over the prefix
     * @param repeats networks per prefix
     * @param testImages real images they were measured on
     * @param width of the ConvNet
     * @param depth of the ConvNet
     * @param seed of the evaluation
     */
    public record Protocol(
            int epochs,
            int repeats,
            @JsonProperty("test_images") int testImages,
            int width,
            int depth,
            long seed) {}

    /** The mean over all prefixes of the accuracy after the last epoch. */
    public double average() {
        return results.stream().mapToDouble(r -> r.last().mean()).average().orElse(Double.NaN);
    }

    /** The mean over all prefixes of the best of four accuracies. */
    public double averageBestOfFour() {
        return results.stream()
                .mapToDouble(r -> r.bestOfFour().mean())
                .average()
                .orElse(Double.NaN);
    }
}
