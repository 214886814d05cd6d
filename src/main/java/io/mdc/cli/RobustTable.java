package io.mdc.cli;

import io.mdc.page.AccuracyTexts;
import io.mdc.page.ComparisonTable;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.robust.Figures;
import io.mdc.robust.RobustEvaluation;
import io.mdc.robust.RobustResult;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Condensed sets beside random and all real images as tables: accuracies and the scores of DD-Ranking in percent. */
final class RobustTable {
    private static final List<String> HEADINGS = List.of(
            "network",
            "size",
            "images",
            "set",
            "random",
            "set plain",
            "random plain",
            "all real",
            "HLR",
            "IOR",
            "LRS",
            "ARS");

    private RobustTable() {}

    /** A table by accuracy after the last epoch and one by the best of four, with a line per run, network and size. */
    static List<Sheet> of(List<RobustEvaluation> runs) {
        return List.of(
                sheet(runs, "last epoch", RobustResult::last, ""),
                sheet(runs, "best of four", RobustResult::bestOfFour, "; best of four is chosen on the test set"));
    }

    private static Sheet sheet(
            List<RobustEvaluation> runs, String accuracy, Function<RobustResult, Figures> chosen, String ending) {
        Function<String, String> names =
                ComparisonTable.names(runs.stream().map(RobustEvaluation::run).toList());
        List<List<Entry>> rows = new ArrayList<>();
        for (RobustEvaluation run : runs) {
            List<Entry> name = runs.size() == 1 ? List.of() : List.of(Entry.text(names.apply(run.run())));
            run.results()
                    .forEach(result -> rows.add(Stream.concat(name.stream(), entries(result, chosen.apply(result)))
                            .toList()));
        }
        List<String> headings = Stream.concat(runs.size() == 1 ? Stream.of() : Stream.of("run"), HEADINGS.stream())
                .toList();
        return new Sheet(Map.of("accuracy", accuracy), headings, rows, note(runs) + ending);
    }

    private static Stream<Entry> entries(RobustResult result, Figures figures) {
        return Stream.of(
                Entry.text(result.network()),
                Entry.count(result.size()),
                Entry.count(result.images()),
                AccuracyTexts.entry(figures.set()),
                AccuracyTexts.entry(figures.random()),
                AccuracyTexts.entry(figures.setPlain()),
                AccuracyTexts.entry(figures.randomPlain()),
                Entry.figure(figures.real()),
                AccuracyTexts.entry(figures.hlr()),
                AccuracyTexts.entry(figures.ior()),
                AccuracyTexts.entry(figures.lrs()),
                AccuracyTexts.entry(figures.ars()));
    }

    private static String note(List<RobustEvaluation> runs) {
        return "in % on " + over(runs, run -> run.protocol().testImages()) + " test images; "
                + over(runs, RobustEvaluation::draws)
                + " networks each, random images drawn anew, mean ± std; all real: one network, "
                + over(runs, RobustEvaluation::epochsReal)
                + " epochs; plain: neither augmentation nor CutMix; LRS and ARS times 100, 26.9 where set and real images are alike";
    }

    private static String over(List<RobustEvaluation> runs, ToIntFunction<RobustEvaluation> number) {
        IntSummaryStatistics numbers = runs.stream().mapToInt(number).summaryStatistics();
        return AccuracyTexts.range(numbers);
    }
}
