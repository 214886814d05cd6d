package io.mdc.cli;

import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.directory.RunState;
import io.mdc.directory.RunSummary;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs as a table: a line per run, and of the settings only those in which they differ. */
final class RunsTable {
    private static final String METHOD = Settings.key(MethodConfig.class, "method");

    /** Shown of every run, whether they differ or not. */
    private static final List<String> ALWAYS =
            List.of(METHOD, Settings.key(DataConfig.class, "dataset"), Settings.key(SyntheticConfig.class, "ipc"));

    /** Has a column of its own: how many there are to do. */
    private static final String LOOPS = Settings.key(LoopConfig.class, "outer");

    private static final String NOTE =
            "loop: the outer loop a run is in, or goes on in with mdc condense --resume --out"
                    + " RUN; average: accuracy in % over all sizes, as last evaluated; time: condensing";

    private RunsTable() {}

    /**
     * The table.
     *
     * @param directory that the runs were looked for in; they are named from there on
     */
    static Sheet of(Path directory, List<RunSummary> runs) {
        Set<String> differing = Differences.keys(runs.stream()
                .flatMap(run -> run.config().stream())
                .map(RunConfig::shaping)
                .toList());
        ALWAYS.forEach(differing::remove);
        differing.remove(LOOPS);
        boolean remarks = runs.stream().anyMatch(run -> !run.remarks().isEmpty());

        List<String> headings = new ArrayList<>(List.of("run", "state", "loop", "of"));
        headings.addAll(ALWAYS);
        headings.addAll(differing);
        headings.addAll(List.of("average", "time"));
        if (remarks) {
            headings.add("remark");
        }
        List<List<Entry>> rows = runs.stream()
                .map(run -> row(name(directory, run.path()), run, List.copyOf(differing), remarks))
                .toList();
        return new Sheet(Map.of(), headings, rows, NOTE);
    }

    private static List<Entry> row(String name, RunSummary run, List<String> differing, boolean remarks) {
        Map<String, String> settings = run.config().map(RunConfig::shaping).orElse(Map.of());
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
        row.add(run.average().isPresent() ? Entry.figure(run.average().getAsDouble()) : Entry.nothing());
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
