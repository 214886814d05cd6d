package io.mdc.cli;

import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.RunState;
import io.mdc.directory.RunSummary;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.evaluate.Sizes;
import io.mdc.method.MethodConfig;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.setting.Differences;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import io.mdc.synthetic.SyntheticConfig;
import io.mdc.task.LoopConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs as a table: a line per run, and of the settings only those in which they differ. */
final class RunsTable {
    private static final String METHOD = Settings.key(MethodConfig.class, "method");

    /** Shown of every run, whether they differ or not. */
    private static final List<String> ALWAYS =
            List.of(METHOD, Settings.key(DataConfig.class, "dataset"), Settings.key(SyntheticConfig.class, "ipc"));

    /** What an imported set has of them. */
    private static final Set<String> OF_SET = Set.of(
            Settings.key(DataConfig.class, "dataset"),
            Settings.key(SyntheticConfig.class, "ipc"),
            Settings.key(SyntheticConfig.class, "factor"));

    private static final String SIZES = Settings.key(EvaluationConfig.class, "sizes");

    /** Has a column of its own: how many there are to do. */
    private static final String LOOPS = Settings.key(LoopConfig.class, "outer");

    private static final String NOTE =
            "loop: the outer loop a run is in, or goes on in with mdc condense --resume --out"
                    + " RUN; average: accuracy in % over the sizes that were last evaluated; time: condensing";

    private RunsTable() {}

    /**
     * The table.
     *
     * @param directory that the runs were looked for in; they are named from there on
     */
    static Sheet of(Path directory, List<RunSummary> runs) {
        boolean ordered = runs.stream().anyMatch(run -> run.origin().order().isPresent());
        Set<String> differing = Differences.keysOfThoseThatHaveThem(
                runs.stream().map(run -> settings(run, ordered)).toList());
        ALWAYS.forEach(differing::remove);
        differing.remove(LOOPS);
        boolean sizes = sizes(runs).distinct().count() > 1;
        boolean remarks = runs.stream().anyMatch(run -> !run.remarks().isEmpty());

        List<String> headings = new ArrayList<>(List.of("run", "state", "loop", "of"));
        headings.addAll(ALWAYS);
        headings.addAll(differing);
        headings.add("average");
        if (sizes) {
            headings.add(SIZES);
        }
        headings.add("time");
        if (remarks) {
            headings.add("remark");
        }
        List<List<Entry>> rows = runs.stream()
                .map(run -> row(
                        name(directory, run.path()),
                        run,
                        settings(run, ordered),
                        List.copyOf(differing),
                        sizes,
                        remarks))
                .toList();
        return new Sheet(Map.of(), headings, rows, NOTE);
    }

    /** Sizes that averages are over. */
    private static Stream<Sizes> sizes(List<RunSummary> runs) {
        return runs.stream().flatMap(run -> run.average().stream()).map(RunSummary.Average::sizes);
    }

    /** Settings that shape the images; of an imported set those of how it was condensed are not known. */
    private static Map<String, String> settings(RunSummary run, boolean ordered) {
        Map<String, String> settings =
                new LinkedHashMap<>(run.config().map(RunConfig::shaping).orElse(Map.of()));
        if (run.origin().imported().isPresent()) {
            settings.keySet().retainAll(OF_SET);
        }
        if (ordered && run.config().isPresent()) {
            settings.put(ImageOrigin.ORDERED_BY, run.origin().orderedBy());
        }
        return settings;
    }

    private static List<Entry> row(
            String name,
            RunSummary run,
            Map<String, String> settings,
            List<String> differing,
            boolean sizes,
            boolean remarks) {
        List<Entry> row = new ArrayList<>();
        row.add(Entry.text(name));
        row.add(Entry.text(TextForm.format(run.state())));
        row.add(run.outer().isPresent() ? Entry.count(run.outer().getAsInt()) : Entry.nothing());
        row.add(loops(run));
        ALWAYS.forEach(key -> row.add(
                key.equals(METHOD) && run.origin().imported().isPresent()
                        ? Entry.text("imported")
                        : setting(settings.get(key))));
        differing.forEach(key -> row.add(setting(settings.get(key))));
        row.add(run.average().map(average -> Entry.figure(average.accuracy())).orElse(Entry.nothing()));
        if (sizes) {
            row.add(run.average()
                    .map(average -> Entry.text(average.sizes().toString()))
                    .orElse(Entry.nothing()));
        }
        row.add(run.time().map(Entry::duration).orElse(Entry.nothing()));
        if (remarks) {
            row.add(run.remarks().isEmpty() ? Entry.nothing() : Entry.text(String.join("; ", run.remarks())));
        }
        return row;
    }

    private static Entry loops(RunSummary run) {
        Optional<Integer> all = run.config().map(config -> config.loop().outer());
        return run.state() == RunState.DAMAGED
                        || all.isEmpty()
                        || run.origin().withoutLoops().isPresent()
                ? Entry.nothing()
                : Entry.count(all.get());
    }

    /** A whole number is one to programs too. */
    private static Entry setting(String text) {
        if (text == null || text.isEmpty()) {
            return Entry.nothing();
        }
        return text.matches("-?\\d{1,18}") ? Entry.count(Long.parseLong(text)) : Entry.text(text);
    }

    private static String name(Path directory, Path run) {
        if (run.toString().isEmpty()) {
            return run.toAbsolutePath().getFileName().toString();
        }
        boolean below = run.startsWith(directory) && !run.equals(directory);
        return (below ? directory.relativize(run) : run).toString();
    }
}
