package io.mdc.page;

import io.mdc.evaluate.Comparison;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** Several evaluations beside each other: a line per run, a column per size, average and difference to the first. */
public final class ComparisonTable {
    private static final String DIFFERENCES =
            "average over a run's sizes; difference to the first run over the sizes" + " both have";

    private ComparisonTable() {}

    /** For each protocol and network, a table of accuracies after the last epoch and one of the best of four. */
    public static List<Sheet> of(List<Evaluation> evaluations) {
        return of(evaluations, names(evaluations.stream().map(Evaluation::run).toList()));
    }

    /** The same, with runs named as {@code names} says. */
    static List<Sheet> of(List<Evaluation> evaluations, Function<String, String> names) {
        List<Comparison> comparisons = Comparison.of(evaluations);
        List<Protocol> protocols =
                comparisons.stream().map(Comparison::protocol).distinct().toList();
        List<Sheet> sheets = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            Map<String, String> labels =
                    new LinkedHashMap<>(AccuracyTexts.protocol(protocols, protocols.indexOf(comparison.protocol())));
            labels.put("network", comparison.network());
            labels.put("accuracy", "last epoch");
            sheets.add(sheet(comparison, labels, names, PrefixResult::last, DIFFERENCES));
            labels.put("accuracy", "best of four");
            sheets.add(sheet(
                    comparison,
                    labels,
                    names,
                    PrefixResult::bestOfFour,
                    DIFFERENCES + "; best of four is chosen on the test set"));
        }
        return sheets;
    }

    private static Sheet sheet(
            Comparison comparison,
            Map<String, String> labels,
            Function<String, String> names,
            Function<PrefixResult, Statistic> figure,
            String note) {
        List<Integer> sizes = comparison.sizes();
        List<String> headings = Stream.of(
                        Stream.of("run"), sizes.stream().map(String::valueOf), Stream.of("average", "difference"))
                .flatMap(part -> part)
                .toList();
        List<List<Entry>> rows = new ArrayList<>();
        for (Comparison.Row row : comparison.rows()) {
            List<Entry> entries = new ArrayList<>(List.of(Entry.text(names.apply(row.run()))));
            sizes.forEach(size -> entries.add(
                    row.of(size).map(figure).map(AccuracyTexts::entry).orElse(Entry.nothing())));
            entries.add(Entry.figure(row.average(figure)));
            OptionalDouble difference = comparison.difference(row, figure);
            entries.add(difference.isPresent() ? Entry.difference(difference.getAsDouble()) : Entry.nothing());
            rows.add(entries);
        }
        List<PrefixResult> results = comparison.rows().stream()
                .flatMap(row -> row.results().stream())
                .toList();
        return new Sheet(labels, headings, rows, AccuracyTexts.measured(comparison.protocol(), results, note));
    }

    /** The last names of the runs' directories if they differ, else the directories as they were given. */
    public static Function<String, String> names(List<String> runs) {
        long distinct = runs.stream().map(ComparisonTable::lastName).distinct().count();
        return distinct == runs.size() ? ComparisonTable::lastName : run -> run;
    }

    private static String lastName(String run) {
        return Path.of(run).toAbsolutePath().normalize().getFileName().toString();
    }
}
