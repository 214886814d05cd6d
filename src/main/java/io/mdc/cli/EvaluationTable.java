package io.mdc.cli;

import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import io.mdc.report.Table;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An evaluation as tables: accuracy in percent on the real test set, mean ± standard deviation over the repeats. */
final class EvaluationTable {
    private EvaluationTable() {}

    /**
     * A table for each protocol, with a line per prefix and one for the average.
     *
     * @param warnings signs that the run diverged, shown below
     */
    static String of(Evaluation evaluation, List<String> warnings) {
        StringBuilder text = new StringBuilder();
        for (int protocol = 0; protocol < evaluation.protocols().size(); protocol++) {
            text.append(heading(evaluation, protocol));
            text.append(table(evaluation, protocol));
            text.append(footer(evaluation, protocol));
        }
        warnings.forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        return text.toString();
    }

    /** What one of several protocols has that another has not. */
    private static String heading(Evaluation evaluation, int protocol) {
        if (evaluation.protocols().size() == 1) {
            return "";
        }
        Map<String, String> differences = new TreeMap<>();
        Protocol own = evaluation.protocols().get(protocol);
        evaluation.protocols().forEach(other -> differences.putAll(own.differencesTo(other)));
        return (protocol == 0 ? "" : "\n") + (protocol + 1) + " of "
                + evaluation.protocols().size() + " protocols"
                + differences.entrySet().stream()
                        .map(difference -> ", " + difference.getKey() + " " + difference.getValue())
                        .collect(Collectors.joining())
                + ":\n";
    }

    private static Table table(Evaluation evaluation, int protocol) {
        Table table = new Table("network", "size", "images", "last epoch", "best of four");
        List<String> networks = evaluation.networks(protocol);
        for (String network : networks) {
            for (PrefixResult result : evaluation.results(protocol)) {
                if (result.network().equals(network)) {
                    table.row(network, result.size(), result.images(), text(result.last()), text(result.bestOfFour()));
                }
            }
            table.row(
                    networks.size() == 1 ? "average" : network + " average",
                    "-",
                    "-",
                    percent(evaluation.average(protocol, network)),
                    percent(evaluation.averageBestOfFour(protocol, network)));
        }
        return table;
    }

    private static String footer(Evaluation evaluation, int protocol) {
        List<PrefixResult> results = evaluation.results(protocol);
        IntSummaryStatistics epochs =
                results.stream().mapToInt(PrefixResult::epochs).summaryStatistics();
        IntSummaryStatistics repeats =
                results.stream().mapToInt(result -> result.last().runs().size()).summaryStatistics();
        return "accuracy in % on " + evaluation.protocols().get(protocol).testImages() + " test images; "
                + range(epochs) + " epochs, " + range(repeats)
                + (repeats.getMax() == 1 ? " repeat" : " repeats, mean ± std")
                + "; best of four is chosen on the test set\n";
    }

    private static String range(IntSummaryStatistics numbers) {
        return numbers.getMin() == numbers.getMax()
                ? Integer.toString(numbers.getMin())
                : numbers.getMin() + " to " + numbers.getMax();
    }

    private static String text(Statistic statistic) {
        return statistic.runs().size() == 1
                ? percent(statistic.mean())
                : percent(statistic.mean()) + " ± " + percent(statistic.std());
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
