package io.mdc.page;

import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.evaluate.Chance;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import io.mdc.report.sheet.Entry;
import io.mdc.setting.Differences;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What tables of accuracies say in the same words. */
public final class AccuracyTexts {
    private AccuracyTexts() {}

    /** What one of several protocols has that another has not; no label if there is but one. */
    public static Map<String, String> protocol(List<Protocol> protocols, int place) {
        if (protocols.size() == 1) {
            return Map.of();
        }
        Map<String, String> differences = new TreeMap<>(protocols.get(place).facts());
        differences
                .keySet()
                .retainAll(
                        Differences.keys(protocols.stream().map(Protocol::facts).toList()));
        return Map.of(
                "protocol",
                (place + 1) + " of " + protocols.size() + " protocols"
                        + differences.entrySet().stream()
                                .map(difference -> ", " + difference.getKey() + " " + difference.getValue())
                                .collect(Collectors.joining()));
    }

    /** How accuracies of results were measured, to end in what is to be said of the table. */
    public static String measured(Protocol protocol, List<PrefixResult> results, String ending) {
        IntSummaryStatistics epochs =
                results.stream().mapToInt(PrefixResult::epochs).summaryStatistics();
        IntSummaryStatistics repeats =
                results.stream().mapToInt(result -> result.last().runs().size()).summaryStatistics();
        return "accuracy in % on " + protocol.testImages() + " test images; " + range(epochs) + " epochs, "
                + range(repeats) + (repeats.getMax() == 1 ? " repeat" : " repeats, mean ± std") + "; " + ending;
    }

    /** The numbers from the least to the most. */
    public static String range(IntSummaryStatistics numbers) {
        return numbers.getMin() == numbers.getMax()
                ? Integer.toString(numbers.getMin())
                : numbers.getMin() + " to " + numbers.getMax();
    }

    /**
     * Says, in a line, that networks trained on the largest size do no better than guessing, and what usually causes
     * it; empty if all do, or nothing was measured.
     */
    public static Optional<String> chance(RunDirectory directory) {
        RunRecords records = new RunRecords(directory);
        int classes = records.classNames().size();
        return classes == 0 ? Optional.empty() : chance(records.measured(), classes);
    }

    /** The same of what was measured of a run with so many classes, at least one. */
    static Optional<String> chance(Optional<Evaluation> measured, int classes) {
        List<PrefixResult> guessing = measured.stream()
                .flatMap(evaluation -> Chance.of(evaluation, classes).stream())
                .toList();
        if (guessing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("no better than guessing one of " + classes + " classes: "
                + guessing.stream()
                        .map(result -> String.format(
                                Locale.ROOT,
                                "%s at size %d (%.1f %%)",
                                result.network(),
                                result.size(),
                                result.last().mean()))
                        .distinct()
                        .collect(Collectors.joining(", "))
                + "; usual causes: other data or another normalisation than the run's, too few epochs, a learning rate"
                + " that does not fit (the run's net-lr, which only a new run can change), or a run that diverged,"
                + " which its warnings tell");
    }

    /** The mean, with its deviation if there are several repeats. */
    public static Entry entry(Statistic statistic) {
        return statistic.runs().size() == 1
                ? Entry.figure(statistic.mean())
                : Entry.figure(statistic.mean(), statistic.std());
    }
}
