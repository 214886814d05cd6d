package io.mdc.cli;

import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.page.AccuracyTexts;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An evaluation as tables: accuracy in percent on the real test set, mean ± standard deviation over the repeats. */
final class EvaluationTable {
    private static final List<String> HEADINGS = List.of("network", "size", "images", "last epoch", "best of four");

    private EvaluationTable() {}

    /** A table for each protocol, with a line per prefix and one for the average. */
    static List<Sheet> of(Evaluation evaluation) {
        return IntStream.range(0, evaluation.protocols().size())
                .mapToObj(protocol -> sheet(evaluation, protocol))
                .toList();
    }

    private static Sheet sheet(Evaluation evaluation, int protocol) {
        List<List<Entry>> rows = new ArrayList<>();
        List<String> networks = evaluation.networks(protocol);
        for (String network : networks) {
            for (PrefixResult result : evaluation.results(protocol)) {
                if (result.network().equals(network)) {
                    rows.add(List.of(
                            Entry.text(network),
                            Entry.count(result.size()),
                            Entry.count(result.images()),
                            AccuracyTexts.entry(result.last()),
                            AccuracyTexts.entry(result.bestOfFour())));
                }
            }
            rows.add(List.of(
                    Entry.text(networks.size() == 1 ? "average" : network + " average"),
                    Entry.nothing(),
                    Entry.nothing(),
                    Entry.figure(evaluation.average(protocol, network)),
                    Entry.figure(evaluation.averageBestOfFour(protocol, network))));
        }
        return new Sheet(
                AccuracyTexts.protocol(evaluation.protocols(), protocol),
                HEADINGS,
                rows,
                AccuracyTexts.measured(
                        evaluation.protocols().get(protocol),
                        evaluation.results(protocol),
                        "best of four is chosen on the test set"));
    }
}
