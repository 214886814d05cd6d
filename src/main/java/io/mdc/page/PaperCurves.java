package io.mdc.page;

import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.network.Architecture;
import io.mdc.paper.PaperCell;
import io.mdc.paper.PaperId;
import io.mdc.paper.PaperTable;
import io.mdc.paper.PaperTables;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.exhibit.PaperMarks;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of the paper's Table 1 that are of a run's data set and images per class.
 *
 * @param of the data set and the images per class, for people
 * @param table which part of it
 * @param rows cells by column, by what this program calls the row; copied
 * @param preset settings that this program takes for the paper's
 */
record PaperCurves(String of, PaperTable table, Map<String, Map<String, PaperCell>> rows, Optional<RunConfig> preset) {
    private static final List<PaperId> TABLE_1 = List.of(PaperId.TABLE_1A, PaperId.TABLE_1B, PaperId.TABLE_1C);
    private static final Map<String, String> NAMES = Map.of(
            "A", "paper: IDC anew for every size (A)",
            "B", "paper: IDC image by image (B)",
            "C", "paper: IDC's prefixes (C)",
            "Ours", "paper: MDC");
    private static final String WIDTH = "width";
    private static final String EPOCHS = "epochs";
    private static final String REPEATS = "repeats";
    private static final List<String> COMPARED = List.of("network", WIDTH, "outer", "inner", "n-data", EPOCHS, REPEATS);

    /** Those of a run, if the paper has its data set with as many images. */
    static Optional<PaperCurves> of(RunConfig config) {
        String ipc = Integer.toString(config.synthetic().ipc());
        String dataset = config.data().dataset().toString();
        for (PaperId id : TABLE_1) {
            PaperTable table = PaperTables.read(id);
            Map<String, Map<String, PaperCell>> rows = new LinkedHashMap<>();
            table.rows().forEach((key, cells) -> {
                if (nameOf(key.get(0)).equals(dataset) && key.get(1).equals(ipc)) {
                    rows.put(NAMES.getOrDefault(key.get(2), "paper: " + key.get(2)), cells);
                }
            });
            if (!rows.isEmpty()) {
                return Optional.of(new PaperCurves(
                        dataset + " with " + ipc + " images per class", table, rows, preset(dataset + "-ipc" + ipc)));
            }
        }
        return Optional.empty();
    }

    private static String nameOf(String dataset) {
        return dataset.toLowerCase(Locale.ROOT).replace("-", "");
    }

    private static Optional<RunConfig> preset(String name) {
        return Presets.names().contains(name) ? Optional.of(ConfigReader.read(Presets.layer(name))) : Optional.empty();
    }

    /** What the paper's numbers are of: the network of its settings, its ConvNet where they are not known. */
    String network() {
        return preset.map(config -> config.network().network().toString())
                .orElse(TextForm.format(Architecture.CONVNET));
    }

    /**
     * A line per row, of the kinds from {@code kinds} on.
     *
     * @param alone whether there are no others, so that their names need not say what they are of
     */
    List<Chart.Series> lines(int kinds, boolean alone) {
        List<Chart.Series> lines = new ArrayList<>();
        rows.forEach((name, cells) -> lines.add(new Chart.Series(
                alone ? name : name + ", " + of,
                Chart.Origin.PAPER,
                kinds + lines.size(),
                cells.entrySet().stream()
                        .filter(cell -> isSize(cell.getKey()))
                        .map(cell -> new Chart.Point(
                                Integer.parseInt(cell.getKey()),
                                cell.getValue().value().doubleValue(),
                                cell.getValue()
                                        .deviation()
                                        .map(Number::doubleValue)
                                        .orElse(0.0)))
                        .toList())));
        return lines;
    }

    /** The rows as a table. */
    Sheet sheet() {
        List<String> columns = rows.values().stream()
                .flatMap(cells -> cells.keySet().stream())
                .distinct()
                .filter(column -> isSize(column) || column.equals("average"))
                .toList();
        List<List<Entry>> entries = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>(List.of(table.title() + " (" + table.place() + ")"));
        rows.forEach((name, cells) -> entries.add(
                Stream.concat(Stream.of(Entry.text(name)), columns.stream().map(column -> Optional.ofNullable(
                                        cells.get(column))
                                .map(cell -> PaperMarks.marked(Entry.printed(cell.value()), cell, column, notes))
                                .orElse(Entry.nothing())))
                        .toList()));
        return new Sheet(
                Map.of("table", "the paper's numbers, " + of),
                Stream.concat(Stream.of("from"), columns.stream()).toList(),
                entries,
                String.join("; ", notes));
    }

    private static boolean isSize(String column) {
        return column.chars().allMatch(Character::isDigit);
    }

    /**
     * What of the scale of a run is not the paper's, in words; empty if nothing is, or the paper's is not known.
     *
     * @param evaluation of the run, which may be by other settings than the run has
     */
    String differences(RunConfig config, Optional<Evaluation> evaluation) {
        Map<String, String> here = texts(config);
        evaluation.ifPresent(all -> here.putAll(scale(all)));
        return preset.map(PaperCurves::texts).stream()
                .flatMap(paper -> COMPARED.stream()
                        .filter(key -> !paper.get(key).equals(here.get(key)))
                        .map(key -> key + " " + here.get(key) + " (paper " + paper.get(key) + ")"))
                .collect(Collectors.joining(", "));
    }

    /** What an evaluation tells of its own scale, by the paper's network and the protocol that was begun last. */
    private Map<String, String> scale(Evaluation evaluation) {
        Map<String, String> scale = new HashMap<>();
        List<PrefixResult> results = evaluation.newest(network()).stream()
                .filter(result -> result.network().equals(network()))
                .toList();
        for (PrefixResult result : results) {
            scale.put(WIDTH, String.valueOf(result.width()));
            String epochs =
                    evaluation.protocols().get(result.protocol()).settings().get(EPOCHS);
            scale.put(EPOCHS, epochs == null ? Integer.toString(result.epochs()) : epochs);
        }
        if (!results.isEmpty()) {
            scale.put(
                    REPEATS,
                    AccuracyTexts.range(results.stream()
                            .mapToInt(result -> result.last().runs().size())
                            .summaryStatistics()));
        }
        return scale;
    }

    private static Map<String, String> texts(RunConfig config) {
        Map<String, String> texts = new HashMap<>(Settings.texts(config));
        config.network()
                .widthOf(config.network().network())
                .ifPresent(width -> texts.put(WIDTH, Integer.toString(width)));
        return texts;
    }
}
