package io.mdc.cli;

import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Statistic;
import io.mdc.report.Table;
import java.util.Locale;

/** An evaluation as a table: accuracy in percent on the real test set, mean ± standard deviation over the repeats. */
final class EvaluationTable {
    private EvaluationTable() {}

    /** The table, a line per prefix and one for the average. */
    static String of(Evaluation evaluation) {
        Table table = new Table("network", "size", "images", "last epoch", "best of four");
        for (String network : evaluation.networks()) {
            for (PrefixResult result : evaluation.results()) {
                if (result.network().equals(network)) {
                    table.row(network, result.size(), result.images(), text(result.last()), text(result.bestOfFour()));
                }
            }
            table.row(
                    evaluation.networks().size() == 1 ? "average" : network + " average",
                    "-",
                    "-",
                    percent(evaluation.average(network)),
                    percent(evaluation.averageBestOfFour(network)));
        }
        Evaluation.Protocol protocol = evaluation.protocol();
        return table + "accuracy in % on " + protocol.testImages() + " test images; " + epochs(evaluation) + " epochs, "
                + protocol.repeats() + (protocol.repeats() == 1 ? " repeat" : " repeats, mean ± std")
                + "; best of four is chosen on the test set\n";
    }

    private static String epochs(Evaluation evaluation) {
        int fewest = evaluation.results().stream()
                .mapToInt(PrefixResult::epochs)
                .min()
                .orElse(0);
        int most = evaluation.protocol().epochs();
        return fewest == most ? "" + most : fewest + " to " + most;
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
