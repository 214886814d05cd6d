package io.mdc.page;

import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.robust.Figures;
import io.mdc.robust.RobustEvaluation;
import io.mdc.robust.RobustResult;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Condensed sets beside random and all real images as tables: accuracies and the scores of DD-Ranking in percent. */
public final class RobustTable {
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
    public static List<Sheet> of(List<RobustEvaluation> runs) {
        return runs.size() == 1
                ? of(runs, Optional.empty())
                : of(
                        runs,
                        Optional.of(ComparisonTable.names(
                                runs.stream().map(RobustEvaluation::run).toList())));
    }

    /** The same, with a column of runs named as {@code names} says, if it does. */
    static List<Sheet> of(List<RobustEvaluation> runs, Optional<Function<String, String>> names) {
        return List.of(
                sheet(runs, names, "last epoch", RobustResult::last, ""),
                sheet(
                        runs,
                        names,
                        "best of four",
                        RobustResult::bestOfFour,
                        "; best of four is chosen on the test set"));
    }

    private static Sheet sheet(
            List<RobustEvaluation> runs,
            Optional<Function<String, String>> names,
            String accuracy,
            Function<RobustResult, Figures> chosen,
            String ending) {
        List<List<Entry>> rows = new ArrayList<>();
        for (RobustEvaluation run : runs) {
            Optional<Entry> name = names.map(all -> Entry.text(all.apply(run.run())));
            run.results()
                    .forEach(result -> rows.add(Stream.concat(name.stream(), entries(result, chosen.apply(result)))
                            .toList()));
        }
        List<String> headings = Stream.concat(names.map(all -> "run").stream(), HEADINGS.stream())
                .toList();
        return new Sheet(Map.of("accuracy", accuracy), headings, rows, note(runs) + untrained(runs, chosen) + ending);
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
                + " epochs; plain: neither augmentation nor CutMix; LRS and ARS times 100; 26.9 is LRS where gain (IOR) and loss (HLR) are equal,"
                + " and ARS where the set is worth as much as random images";
    }

    /** That scores tell nothing where all real images have taught no more than a few. */
    private static String untrained(List<RobustEvaluation> runs, Function<RobustResult, Figures> chosen) {
        boolean untrained = runs.stream()
                .flatMap(run -> run.results().stream())
                .map(chosen)
                .anyMatch(figures -> figures.real() < figures.random().mean());
        return untrained
                ? "; scores tell nothing where all real images have taught less than the random ones: take more --epochs-real"
                : "";
    }

    private static String over(List<RobustEvaluation> runs, ToIntFunction<RobustEvaluation> number) {
        IntSummaryStatistics numbers = runs.stream().mapToInt(number).summaryStatistics();
        return AccuracyTexts.range(numbers);
    }
}
