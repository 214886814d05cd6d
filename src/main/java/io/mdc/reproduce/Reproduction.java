package io.mdc.reproduce;

import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.report.chart.Picture;
import io.mdc.report.chart.PictureFiles;
import io.mdc.report.chart.Theme;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.exhibit.Exhibit;
import io.mdc.reproduce.plan.AccuracyKind;
import io.mdc.reproduce.plan.Cell;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Plan;
import io.mdc.reproduce.plan.PlanEstimate;
import io.mdc.reproduce.plan.Scale;
import io.mdc.reproduce.plan.Setup;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import io.mdc.setting.TextForm;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A table or figure of the paper, made again in a directory. */
public final class Reproduction {
    private final Exhibit exhibit;
    private final Setup setup;
    private final Workplace workplace;

    private Reproduction(Exhibit exhibit, Setup setup, Workplace workplace) {
        this.exhibit = exhibit;
        this.setup = setup;
        this.workplace = workplace;
    }

    /**
     * One in a directory; nothing is written yet.
     *
     * @param scale of the runs; empty for that of the directory, or {@link Scale#SMOKE}
     * @param seeds how many runs of each kind there are; empty for the most that were asked for in the directory, or
     *     the scale's
     * @param options the user's settings of all runs, over those that the directory was begun with
     * @throws ConfigException if settings do not go with each other, runs have seeds of their own, or the directory is
     *     another's
     * @throws io.mdc.base.DataException if the directory's file is damaged
     */
    public static Reproduction in(
            Path directory, Exhibit exhibit, Optional<Scale> scale, OptionalInt seeds, Layer options) {
        if (seeds.isPresent() && exhibit.content().hasOwnSeeds()) {
            throw new ConfigException(
                    "seeds",
                    seeds.getAsInt(),
                    "is not for " + exhibit.id() + ", whose runs have seeds of their own; leave it out");
        }
        Workplace workplace = new Workplace(directory);
        Scale chosen = scale.or(workplace::scale).orElse(Scale.SMOKE);
        Map<String, String> all = new LinkedHashMap<>(workplace.settings().values());
        all.putAll(Begun.absolute(options).values());
        int runs = seeds.orElseGet(() -> workplace.seeds().orElseGet(chosen::seeds));
        Setup setup = new Setup(chosen, runs, Layer.options(all));
        workplace.require(setup);
        return new Reproduction(exhibit, setup, workplace);
    }

    /**
     * What the share of a process is, and how far it is.
     *
     * @return a line a run
     */
    public Sheet plan(Share share) throws IOException {
        Findings findings = findings(AccuracyKind.LAST);
        List<List<Entry>> rows = new ArrayList<>();
        for (Cell cell : wanted(share).cells()) {
            RunConfig config = cell.run().config();
            boolean finished = findings.isFinished(cell.run());
            rows.add(List.of(
                    Entry.text(cell.run().name()),
                    Entry.text(
                            cell.run().parts().isEmpty()
                                    ? config.loop().steps() + " inner loops"
                                    : "joined from " + cell.run().parts().size() + " runs"),
                    Entry.text(
                            finished ? "done" : findings.directory(cell.run()).isPresent() ? "begun" : "to do"),
                    cell.networks().isEmpty()
                            ? Entry.nothing()
                            : Entry.text(Cell.words(cell.networks()) + " on sizes " + Cell.words(cell.sizes())),
                    cell.networks().isEmpty()
                            ? Entry.nothing()
                            : Entry.text(finished && cell.isEvaluated(findings) ? "done" : "to do")));
        }
        return new Sheet(
                Map.of("plan", exhibit.id() + ", scale " + TextForm.format(setup.scale())),
                List.of("run", "condensing", "condensed", "evaluation", "evaluated"),
                rows,
                rows.size() + (rows.size() == 1 ? " run in " : " runs in ") + workplace.path());
    }

    /**
     * What is left for a process will take on this machine, in lines for people.
     *
     * @param limit seconds for measuring each kind of step
     * @param progress is told how far loading is; not closed
     * @throws ConfigException if settings do not go with the data
     * @throws io.mdc.base.DataException if the data is missing or damaged
     */
    public String estimate(Share share, double limit, Progress progress) throws IOException {
        Findings findings = findings(AccuracyKind.LAST);
        List<Cell> evaluate = new ArrayList<>();
        for (Cell cell : wanted(share).evaluated()) {
            if (!cell.isEvaluated(findings)) {
                evaluate.add(cell);
            }
        }
        Map<String, RunConfig> condense = new LinkedHashMap<>();
        for (Cell cell : wanted(share).condensed()) {
            if (!findings.isFinished(cell.run())) {
                RunConfig config = cell.run().config();
                int left = config.loop().outer() - findings.outerDone(cell.run());
                condense.put(cell.run().name(), config.lasting(Math.max(0, left)));
            }
        }
        return PlanEstimate.of(condense, evaluate, limit, progress).lines();
    }

    private Plan wanted(Share share) {
        return Plan.of(exhibit.content().needs(setup)).share(share);
    }

    /**
     * Makes what is missing.
     *
     * @param share the part of it that this process takes
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop and every epoch
     * @return why runs failed, by name
     * @throws ConfigException if settings do not go with the data, the directory is another's, or there is nothing for
     *     the share
     * @throws io.mdc.base.DataException if the data or a file of a run is missing or damaged
     */
    @SuppressWarnings("try") // the directory is kept, not used
    public Ending<Map<String, String>> run(Share share, Progress progress, Stop stop) throws IOException {
        Plan plan = wanted(share);
        try (Closeable taken = workplace.take(setup)) {
            return new ReproduceJob(plan, workplace.runs(), progress, stop).run();
        }
    }

    /** The finished runs that it is made of. */
    public List<RunDirectory> runs() {
        Findings findings = findings(AccuracyKind.LAST);
        return wanted(Share.ALL).cells().stream()
                .flatMap(cell -> findings.finished(cell.run()).stream())
                .toList();
    }

    /**
     * The paper's numbers, what was measured here, and the difference.
     *
     * @param kind the accuracy that counts of what was measured here
     */
    public List<Sheet> sheets(AccuracyKind kind) throws IOException {
        return exhibit.content().sheets(setup, findings(kind));
    }

    /**
     * Paints a figure into the directory, as PNG and SVG.
     *
     * @param kind as above
     * @param theme of its colours
     * @return the files; none of a table, or if nothing was measured yet
     * @throws IOException if one cannot be written
     */
    public List<Path> paint(AccuracyKind kind, Theme theme) throws IOException {
        Optional<Picture> picture = exhibit.content().picture(setup, findings(kind), theme);
        String name = exhibit.id() + kind.suffix() + (theme == Theme.DARK ? "-dark" : "");
        return picture.isPresent() ? PictureFiles.write(picture.get(), workplace.path(), name) : List.of();
    }

    private Findings findings(AccuracyKind kind) {
        return new Findings(workplace.runs(), kind);
    }
}
