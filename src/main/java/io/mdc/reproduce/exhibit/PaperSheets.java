package io.mdc.reproduce.exhibit;

import io.mdc.evaluate.Statistic;
import io.mdc.paper.PaperCell;
import io.mdc.paper.PaperTable;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Plan;
import io.mdc.reproduce.plan.Setup;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table with the paper's numbers, what was measured here, and the difference. */
public final class PaperSheets {
    public static final String AVERAGE = "average";
    /** The label that says which accuracy counts. */
    public static final String ACCURACY = "accuracy";

    private static final String DIFFERENCE = "difference";

    private final TableContent content;
    private final PaperTable paper;
    private final Setup setup;
    private final Findings findings;

    PaperSheets(TableContent content, Setup setup, Findings findings) {
        this.content = content;
        this.paper = content.paper();
        this.setup = setup;
        this.findings = findings;
    }

    /** The sheet of a data set and number of images per class. */
    Sheet sheet(Part part) throws IOException {
        Map<Row, Figures> measured = new LinkedHashMap<>();
        for (Row row : part.rows()) {
            measured.put(row, Figures.of(row.source(), part, part.places(setup, row.seeds()), findings));
        }
        boolean any = measured.values().stream().anyMatch(Figures::any);
        List<String> headings = Stream.of(part.keys().stream(), Stream.of("from"), part.columns().stream())
                .flatMap(each -> each)
                .toList();
        List<List<Entry>> rows = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        for (Row row : part.rows()) {
            Map<String, PaperCell> cells = cells(part, row);
            Figures here = measured.get(row);
            rows.add(line(part, row, "paper", column -> printed(cells.get(column), column, notes)));
            if (!row.source().missing().isEmpty()) {
                notes.add(row.source().missing());
            } else if (any) {
                part.places(setup, row.seeds()).stream()
                        .map(row.source()::remark)
                        .filter(remark -> !remark.isEmpty())
                        .forEach(notes::add);
                Optional<Double> difference = differenceOf(part, row, here);
                rows.add(line(part, row, "here", column -> measured(here, column, difference)));
                rows.add(line(part, row, "here - paper", column -> compared(here, cells.get(column), column)));
            }
        }
        return new Sheet(labels(part), headings, rows, note(part, any, notes));
    }

    /** What stands in a column. */
    @FunctionalInterface
    private interface Column {
        Entry of(String column);
    }

    private static List<Entry> line(Part part, Row row, String from, Column entries) {
        List<Entry> line = new ArrayList<>();
        part.keys().forEach(key -> line.add(Entry.text(row.key().get(key))));
        line.add(Entry.text(from));
        part.columns().forEach(column -> line.add(entries.of(column)));
        return line;
    }

    /** The paper's cells of a row, by column. */
    Map<String, PaperCell> cells(Part part, Row row) {
        List<String> key = new ArrayList<>(
                List.of(part.block().dataset(), Integer.toString(part.block().ipc())));
        part.keys().forEach(name -> key.add(row.key().get(name)));
        return paper.rows().get(key);
    }

    /** A number of the paper as it stands there, with its mark. */
    public static Entry printed(PaperCell cell, String column, Set<String> notes) {
        if (cell == null) {
            return Entry.nothing();
        }
        Entry entry = cell.deviation().isPresent()
                ? Entry.printed(cell.value(), cell.deviation().get())
                : column.equals(DIFFERENCE) ? Entry.printedDifference(cell.value()) : Entry.printed(cell.value());
        return PaperMarks.marked(entry, cell, column, notes);
    }

    private static Entry measured(Figures here, String column, Optional<Double> difference) {
        return switch (column) {
            case AVERAGE -> here.average().map(PaperSheets::entry).orElse(Entry.nothing());
            case DIFFERENCE -> difference.map(Entry::difference).orElse(Entry.nothing());
            default -> here.of(column).map(PaperSheets::entry).orElse(Entry.nothing());
        };
    }

    private static Entry compared(Figures here, PaperCell cell, String column) {
        if (cell == null || column.equals(DIFFERENCE)) {
            return Entry.nothing();
        }
        Optional<Statistic> figure = column.equals(AVERAGE) ? here.average() : here.of(column);
        return figure.map(value -> Entry.difference(value.mean() - cell.value().doubleValue()))
                .orElse(Entry.nothing());
    }

    /** Mean, and deviation if there are several. */
    public static Entry entry(Statistic figure) {
        return figure.runs().size() == 1 ? Entry.figure(figure.mean()) : Entry.figure(figure.mean(), figure.std());
    }

    /** Of the average to that of the reference with the same seeds, where the paper tells one. */
    private Optional<Double> differenceOf(Part part, Row row, Figures here) throws IOException {
        Optional<Source> reference = part.reference(row);
        if (reference.isEmpty() || here.average().isEmpty()) {
            return Optional.empty();
        }
        Figures other = Figures.of(reference.get(), part, part.places(setup, row.seeds()), findings);
        return other.average().map(average -> here.average().orElseThrow().mean() - average.mean());
    }

    /** What a sheet is about. */
    Map<String, String> labels(Part part) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("table", content.name());
        String named = setup.dataset().orElse(part.block().name());
        labels.put(
                "dataset",
                named.equals(part.block().name())
                        ? part.block().dataset()
                        : named + " (the paper: " + part.block().dataset() + ")");
        labels.put("ipc", part.block().ipc() + " images per class");
        labels.putAll(here(setup));
        if (part.rows().stream().anyMatch(row -> row.source().isOfAccuracies())) {
            labels.put(ACCURACY, findings.kind().label());
        }
        return labels;
    }

    /** What a sheet of a figure is about. */
    static Map<String, String> labels(String figure, Setup setup) {
        Map<String, String> labels = new LinkedHashMap<>(Map.of("figure", figure));
        labels.putAll(here(setup));
        return labels;
    }

    private static Map<String, String> here(Setup setup) {
        return Map.of("scale", "here: scale " + TextForm.format(setup.scale()));
    }

    private boolean hasSmallerSets(Part part) {
        return Plan.of(content.needs(setup, List.of(part))).condensed().stream()
                .anyMatch(cell ->
                        cell.run().config().synthetic().ipc() < part.block().ipc());
    }

    private String note(Part part, boolean any, Set<String> notes) {
        List<String> all = new ArrayList<>();
        all.add(paper.title() + " (" + paper.place() + ")");
        if (any) {
            String seeds = part.rows().stream()
                    .flatMap(row -> row.seeds().stream())
                    .distinct()
                    .sorted()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            all.add("here: scale " + TextForm.format(setup.scale()) + ", seeds of the runs: " + seeds);
            if (labels(part).containsKey(ACCURACY)) {
                all.add(findings.kind().meaning());
            }
            all.add("mean ± std over all networks of a cell");
            if (setup.scale().movesAlike() && hasSmallerSets(part)) {
                all.add("sets of fewer images move at the rate of the largest, not of their own size");
            }
        } else {
            all.add("nothing was measured here yet");
        }
        all.addAll(paper.remarks());
        all.addAll(notes);
        return String.join("; ", all);
    }
}
