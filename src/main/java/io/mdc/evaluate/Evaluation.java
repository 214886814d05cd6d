package io.mdc.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The content of {@code evaluation.json}.
 *
 * @param run the run directory, as it was given
 * @param protocol how networks were trained
 * @param results copied; one per network and prefix, networks in the order asked for and prefixes in ascending size
 */
public record Evaluation(String run, Protocol protocol, List<PrefixResult> results) {
    /** Copies the list. */
    public Evaluation {
        results = List.copyOf(results);
    }

    /**
     * How networks were trained and measured.
     *
     * @param epochs passes over the prefix; the most, where they differ by size
     * @param repeats networks per prefix
     * @param testImages real images they were measured on
     * @param widths of the networks, by name and in their order; copied
     * @param depth of the ConvNet
     * @param seed of the evaluation
     */
    public record Protocol(
            int epochs,
            int repeats,
            @JsonProperty("test_images") int testImages,
            Map<String, Integer> widths,
            int depth,
            long seed) {
        /** Copies the map. */
        public Protocol {
            widths = Collections.unmodifiableMap(new LinkedHashMap<>(widths));
        }
    }

    /** The names of the networks, in order. */
    public List<String> networks() {
        return results.stream().map(PrefixResult::network).distinct().toList();
    }

    /** The mean over all prefixes of a network's accuracy after the last epoch. */
    public double average(String network) {
        return mean(network, PrefixResult::last);
    }

    /** The mean over all prefixes of a network's best of four accuracies. */
    public double averageBestOfFour(String network) {
        return mean(network, PrefixResult::bestOfFour);
    }

    private double mean(String network, Function<PrefixResult, Statistic> figure) {
        return results.stream()
                .filter(result -> result.network().equals(network))
                .mapToDouble(result -> figure.apply(result).mean())
                .average()
                .orElse(Double.NaN);
    }
}
