package io.mdc.cli;

import io.mdc.backend.ComputeConfig;
import io.mdc.bench.Estimator;
import io.mdc.dataset.DataConfig;
import io.mdc.report.Progress;
import io.mdc.report.chart.Theme;
import io.mdc.report.sheet.Format;
import io.mdc.reproduce.Reproduction;
import io.mdc.reproduce.exhibit.Exhibit;
import io.mdc.reproduce.plan.AccuracyKind;
import io.mdc.reproduce.plan.Scale;
import io.mdc.run.Ending;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Settings;
import io.mdc.setting.Share;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a table or figure of the paper again. */
@Command(
        name = "reproduce",
        description = "Make a table or figure of the paper again: condense and evaluate what is missing, and print it"
                + " beside the paper's numbers.",
        footer = {"", "Example: mdc reproduce table1a --scale cpu --out runs/reproduce --plan"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class ReproduceCommand extends ConfiguredCommand {
    private static final Set<Class<? extends Record>> OWNERS = Set.of(DataConfig.class, ComputeConfig.class);
    private static final int MOST_SEEDS = 100;

    @Parameters(paramLabel = "ID", completionCandidates = Ids.class, description = "One of ${COMPLETION-CANDIDATES}.")
    private String id;

    @Option(
            names = "--scale",
            paramLabel = "NAME",
            completionCandidates = Scales.class,
            description = "How long runs are: smoke, minutes on built-in images, to see it work; cpu, hours on two"
                    + " cores; paper, the paper's settings (default: that of --out, or smoke).")
    private String scale;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Runs of each kind, with seeds from 0 (1 to " + MOST_SEEDS
                    + "; default: the most that --out was asked for, or 2 with --scale cpu, else 1); not for tables 6, 7,"
                    + " 10, 11 and figures 4 to 15, whose runs have seeds of their own.")
    private Integer seeds;

    @Option(
            names = "--cells",
            paramLabel = "k/n",
            description = "Do only the k-th of n equal shares of the runs, as for the tasks of a job array; not with"
                    + " --show.")
    private String cells;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the runs; tables of one scale and data set share it, and several processes may"
                    + " work in it (default: runs/reproduce).")
    private Path out = Path.of("runs", "reproduce");

    @Option(names = "--plan", description = "Only list the runs, how far they are, and what is left takes.")
    private boolean plan;

    @Option(names = "--show", description = "Only print what there is; not with --plan.")
    private boolean show;

    @Option(
            names = "--best-of-four",
            description = "Show the best of four accuracies, chosen on the test set, as the authors report it; not the"
                    + " last.")
    private boolean bestOfFour;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            completionCandidates = FormatNames.class,
            description = "How the table is written (${COMPLETION-CANDIDATES}; default: text).")
    private String format = "text";

    @Option(names = "--dark", description = "Paint figures light on dark, for slides.")
    private boolean dark;

    /** The names of the tables and figures, for help. */
    static final class Ids implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Exhibit.ids().iterator();
        }
    }

    /** The names of the scales, for help. */
    static final class Scales implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return TextForm.names(Scale.class).iterator();
        }
    }

    ReproduceCommand(Console console) {
        super(console, OWNERS);
    }

    @Override
    String defaultOf(String key) {
        return Settings.keys(DataConfig.class).contains(key) ? "that of --out, or the scale's" : super.defaultOf(key);
    }

    @Override
    public Integer call() throws IOException {
        requireOneThing();
        Format wanted = TextForm.parseConstant("format", Format.class, format);
        Share share = cells == null ? Share.ALL : Share.parse("cells", cells);
        Reproduction reproduction = Reproduction.in(out, Exhibit.parse(id), scale(), wantedSeeds(), options());
        if (plan) {
            return plan(reproduction, share, wanted);
        }
        int code = show ? ExitCode.DONE : make(reproduction, share);
        if (code != ExitCode.INTERRUPTED) {
            show(reproduction, wanted);
        }
        return code;
    }

    /** What is asked for besides would otherwise silently not be done. */
    private void requireOneThing() {
        if (show && plan) {
            throw new ConfigException("--show: does not go with --plan; give one of them");
        } else if (show && cells != null) {
            throw new ConfigException("cells", cells, "does not go with --show, which shows what all shares have made");
        }
    }

    private int plan(Reproduction reproduction, Share share, Format wanted) throws IOException {
        console().out().print(wanted.write(List.of(reproduction.plan(share))));
        if (wanted == Format.TEXT) {
            try (Progress progress = console().progress()) {
                console().out().print(reproduction.estimate(share, Estimator.LONG, progress));
            }
        } else {
            console().note("time and memory are only in --format text");
        }
        return ExitCode.DONE;
    }

    private int make(Reproduction reproduction, Share share) throws IOException {
        Ending<Map<String, String>> ending =
                Interruptible.run(console(), (progress, stop) -> reproduction.run(share, progress, stop));
        if (!(ending instanceof Ending.Finished<Map<String, String>> finished)) {
            return ExitCode.INTERRUPTED;
        }
        finished.result().forEach((run, reason) -> console().err().print("mdc: " + run + ": " + reason + "\n"));
        return finished.result().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void show(Reproduction reproduction, Format wanted) throws IOException {
        AccuracyKind kind = bestOfFour ? AccuracyKind.BEST_OF_FOUR : AccuracyKind.LAST;
        console().out().print(wanted.write(reproduction.sheets(kind)));
        for (Path file : reproduction.paint(kind, dark ? Theme.DARK : Theme.LIGHT)) {
            if (wanted == Format.TEXT) {
                console().out().print("picture  " + file + "\n");
            }
        }
        RunsEvaluation.warn(console(), RunsEvaluation.warnings(reproduction.runs()));
    }

    private Optional<Scale> scale() {
        return Optional.ofNullable(scale).map(name -> TextForm.parseConstant("scale", Scale.class, name));
    }

    private OptionalInt wantedSeeds() {
        if (seeds == null) {
            return OptionalInt.empty();
        } else if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new ConfigException("seeds", seeds, "must be from 1 to " + MOST_SEEDS);
        }
        return OptionalInt.of(seeds);
    }
}
