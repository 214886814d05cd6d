package io.mdc.reproduce;

import io.mdc.config.RunConfig;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import io.mdc.paper.PaperCell;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.exhibit.Exhibit;
import io.mdc.reproduce.exhibit.PaperSheets;
import io.mdc.reproduce.exhibit.Part;
import io.mdc.reproduce.exhibit.TableContent;
import io.mdc.reproduce.plan.AccuracyKind;
import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.Scale;
import io.mdc.reproduce.plan.Setup;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A single run as a row of one of the paper's tables, below the paper's rows. */
public final class RunAs {
    private static final Setup PAPER = new Setup(Scale.PAPER, 1, Layer.options(Map.of()));

    private RunAs() {}

    /**
     * A table with a row for every network that was trained on the run's prefixes.
     *
     * @param exhibit a table with a column for each size
     * @param config settings of the run
     * @param evaluation what was measured
     * @param protocol the one whose results count
     * @throws ConfigException if the exhibit is no such table
     */
    public static Sheet of(Exhibit exhibit, RunConfig config, Evaluation evaluation, Protocol protocol) {
        TableContent table = table(exhibit);
        Part part = part(table, config);
        List<String> headings = new ArrayList<>(part.keys());
        headings.add("from");
        headings.addAll(part.columns());
        List<List<Entry>> rows = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        table.paper().rows().forEach((key, cells) -> {
            if (TableContent.block(key).equals(part.block())) {
                rows.add(printed(part, key.subList(TableContent.COMMON, key.size()), cells, notes));
            }
        });
        int place = evaluation.protocols().indexOf(protocol);
        for (String network : evaluation.networks(place)) {
            Map<Integer, Statistic> bySize = evaluation.results(place).stream()
                    .filter(result -> result.network().equals(network))
                    .collect(Collectors.toMap(
                            PrefixResult::size, PrefixResult::last, (first, second) -> second, LinkedHashMap::new));
            rows.add(measured(part, evaluation.run(), network, bySize));
        }
        return new Sheet(
                labels(table, part),
                headings,
                rows,
                table.paper().title() + " (" + table.paper().place() + "); the run is of "
                        + config.data().dataset() + " with "
                        + config.synthetic().ipc()
                        + " images per class, accuracy after the last epoch; an average only where all of the paper's"
                        + " sizes were measured"
                        + Stream.concat(table.paper().remarks().stream(), notes.stream())
                                .map(note -> "; " + note)
                                .collect(Collectors.joining()));
    }

    private static Map<String, String> labels(TableContent table, Part part) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(
                "table",
                table.name() + ", " + part.block().dataset() + ", "
                        + part.block().ipc() + " images per class");
        labels.put(PaperSheets.ACCURACY, "here: " + AccuracyKind.LAST.label());
        return labels;
    }

    /**
     * Makes sure that a run can be a row of it.
     *
     * @throws ConfigException if not
     */
    public static void require(Exhibit exhibit) {
        table(exhibit);
    }

    private static TableContent table(Exhibit exhibit) {
        if (exhibit.content() instanceof TableContent table
                && table.parts(PAPER).stream().allMatch(part -> part.columns().contains("1"))
                && !table.id().keys().contains("loop")) {
            return table;
        }
        throw new ConfigException("as", exhibit.id(), "must be a table with a row for a method, such as table1a");
    }

    /** The part of the run's data set and images per class, or else the first of the data set, or of all. */
    private static Part part(TableContent table, RunConfig config) {
        Block own =
                new Block(config.data().dataset().toString(), config.synthetic().ipc());
        List<Block> blocks = table.blocks();
        Block nearest = blocks.stream()
                .filter(block -> block.name().equals(own.dataset()) && block.ipc() == own.ipc())
                .findFirst()
                .or(() -> blocks.stream()
                        .filter(block -> block.name().equals(own.dataset()))
                        .findFirst())
                .or(() -> blocks.stream()
                        .filter(block -> block.dataset().equals(Setup.USUAL))
                        .findFirst())
                .orElse(blocks.get(0));
        return table.part(PAPER, nearest);
    }

    private static List<Entry> printed(Part part, List<String> key, Map<String, PaperCell> cells, Set<String> notes) {
        List<Entry> row = new ArrayList<>(key.stream().map(Entry::text).toList());
        row.add(Entry.text("paper"));
        part.columns().forEach(column -> row.add(PaperSheets.printed(cells.get(column), column, notes)));
        return row;
    }

    private static List<Entry> measured(Part part, String run, String network, Map<Integer, Statistic> bySize) {
        List<Entry> row = new ArrayList<>();
        row.add(Entry.text(
                Path.of(run).toAbsolutePath().normalize().getFileName().toString()));
        part.keys().stream().skip(1).forEach(key -> row.add(Entry.nothing()));
        row.add(Entry.text(network));
        for (String column : part.columns()) {
            if (Part.isSize(column) && bySize.containsKey(Integer.valueOf(column))) {
                row.add(PaperSheets.entry(bySize.get(Integer.valueOf(column))));
            } else if (column.equals(PaperSheets.AVERAGE) && bySize.keySet().containsAll(part.sizes())) {
                row.add(Entry.figure(part.sizes().stream()
                        .mapToDouble(size -> bySize.get(size).mean())
                        .average()
                        .orElseThrow()));
            } else {
                row.add(Entry.nothing());
            }
        }
        return row;
    }
}
