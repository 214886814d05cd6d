package io.mdc.export;

import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was measured of a set, in Markdown.
 *
 * @param training as the script trains
 * @param origin which knows what was measured
 * @param size the largest prefix that is told of
 */
record ExpectedAccuracy(Training training, Origin origin, int size) {
    private static final String SEED = "seed";

    /** A table, and whether the size itself was measured. */
    String text() {
        List<PrefixResult> results = results();
        boolean measured = results.stream().anyMatch(result -> result.size() == size);
        String missing =
                "The run was never evaluated at size " + size + ": nothing is known of the accuracy to expect.";
        if (results.isEmpty()) {
            return missing;
        }
        String rows = results.stream().map(this::row).collect(Collectors.joining("\n"));
        return (measured ? "" : missing + "\n\n")
                + "Accuracy in % on real test images, mean ± standard deviation of the networks trained; *best of four*"
                + " is chosen on the test set.\n\n"
                + "| network | width | size | training images | epochs | networks | last epoch | best of four | settings |\n"
                + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n" + rows;
    }

    /** Those of this very set, those with the settings above first. */
    private List<PrefixResult> results() {
        return origin.evaluation().stream()
                .flatMap(evaluation -> evaluation.results().stream())
                .filter(result ->
                        result.size() <= size && protocol(result).set().equals(origin.set()))
                .sorted(Comparator.comparing((PrefixResult result) ->
                                !differences(protocol(result)).isEmpty())
                        .thenComparing(PrefixResult::protocol)
                        .thenComparing(PrefixResult::network)
                        .thenComparing(PrefixResult::size))
                .toList();
    }

    private Protocol protocol(PrefixResult result) {
        Evaluation evaluation = origin.evaluation().orElseThrow();
        return evaluation.protocols().get(result.protocol());
    }

    private String row(PrefixResult result) {
        Map<String, String> differences = differences(protocol(result));
        return Stream.of(
                        result.network(),
                        result.width() == null ? "" : result.width().toString(),
                        Integer.toString(result.size()),
                        Integer.toString(result.images()),
                        Integer.toString(result.epochs()),
                        Integer.toString(result.last().runs().size()),
                        percent(result.last()),
                        percent(result.bestOfFour()),
                        differences.isEmpty()
                                ? "as above"
                                : differences.entrySet().stream()
                                        .map(other -> other.getKey() + " " + other.getValue())
                                        .collect(Collectors.joining(", "))
                                        .replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String percent(Statistic accuracy) {
        return accuracy.runs().size() == 1
                ? String.format(Locale.ROOT, "%.2f", accuracy.mean())
                : String.format(Locale.ROOT, "%.2f ± %.2f", accuracy.mean(), accuracy.std());
    }

    /** What a protocol has other than the settings told, but for the seed. */
    private Map<String, String> differences(Protocol protocol) {
        Map<String, String> told = training.settings().shaping();
        Map<String, String> differences = new TreeMap<>(protocol.settings());
        differences.entrySet().removeIf(setting -> setting.getValue().equals(told.get(setting.getKey())));
        differences.remove(SEED);
        return differences;
    }
}
