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
        for (PrefixResult result : evaluation.results()) {
            table.row(result.network(), result.size(), result.images(), text(result.last()), text(result.bestOfFour()));
        }
        table.row("average", "-", "-", percent(evaluation.average()), percent(evaluation.averageBestOfFour()));
        Evaluation.Protocol protocol = evaluation.protocol();
        return table + "accuracy in % on " + protocol.testImages() + " test images; " + protocol.epochs() + " epochs, "
                + protocol.repeats() + (protocol.repeats() == 1 ? " repeat" : " repeats, mean ± std")
                + "; best of four is chosen on the test set\n";
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
