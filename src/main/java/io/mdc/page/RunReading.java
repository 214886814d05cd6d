package io.mdc.page;

import io.mdc.base.DataException;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.Circumstances;
import io.mdc.directory.CoursePoint;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.Log;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.directory.RunState;
import io.mdc.directory.RunSummary;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.robust.RobustEvaluation;
import io.mdc.setting.ConfigException;
import io.mdc.task.MlsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that can be read of a run now.
 *
 * @param run its directory
 * @param name short, and no other run's
 * @param config its settings, unless they are damaged
 * @param circumstances from its manifest, unless that is damaged
 * @param state how far it is
 * @param loops inner loops; copied
 * @param selections of the most learnable subset; copied
 * @param course what was measured on the way; copied
 * @param evaluation what was measured at the end, under the directory's own path
 * @param comparison with real images, under the directory's own path
 * @param images its condensed images, once there are some
 * @param faults what is damaged, a line each; copied
 */
record RunReading(
        RunDirectory run,
        String name,
        Optional<RunConfig> config,
        Optional<Circumstances> circumstances,
        RunState state,
        List<LoopMetrics> loops,
        List<MlsEvent> selections,
        List<CoursePoint> course,
        Optional<Evaluation> evaluation,
        Optional<RobustEvaluation> comparison,
        Optional<ImageView> images,
        List<String> faults) {
    RunReading {
        loops = List.copyOf(loops);
        selections = List.copyOf(selections);
        course = List.copyOf(course);
        faults = faults.stream().distinct().toList(); // several things may be told by one file
    }

    /** Reads what there is; what cannot be read is a fault. */
    static RunReading of(RunDirectory run, String name) {
        List<String> faults = new ArrayList<>();
        RunRecords records = new RunRecords(run);
        Optional<RunConfig> config = tried(faults, () -> Optional.of(ConfigReader.read(run.settings(faults::add))));
        return new RunReading(
                run,
                name,
                config,
                tried(faults, records::circumstances),
                RunSummary.of(run.path()).state(),
                lines(faults, "metrics.jsonl", records::loops),
                lines(faults, "mls.jsonl", records::selections),
                lines(faults, "course.jsonl", records::course).stream()
                        .filter(point -> point.last() != null && point.network() != null)
                        .toList(),
                tried(faults, () -> evaluation(run, records)),
                tried(faults, () -> comparison(run, records)),
                tried(faults, () -> images(run, records, config)),
                faults);
    }

    /** Reads something that may be damaged. */
    @FunctionalInterface
    private interface Reader<T> {
        Optional<T> read() throws IOException;
    }

    private static <T> Optional<T> tried(List<String> faults, Reader<T> reader) {
        try {
            return reader.read();
        } catch (ConfigException | DataException e) {
            faults.add(e.getMessage());
        } catch (IOException e) {
            faults.add("cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static <T> List<T> lines(List<String> faults, String file, Supplier<Log<T>> reader) {
        Log<T> log = tried(faults, () -> Optional.of(reader.get())).orElse(new Log<>(List.of(), 0));
        if (log.damaged() > 0) {
            faults.add(file + ": " + log.damaged() + " of " + (log.lines().size() + log.damaged())
                    + " lines are damaged and left out");
        }
        return log.lines();
    }

    private static Optional<Evaluation> evaluation(RunDirectory run, RunRecords records) {
        Optional<Evaluation> evaluation = records.measured();
        if (evaluation.isEmpty() && Files.exists(run.evaluation())) {
            throw new DataException(run.evaluation()
                    + (records.evaluated().isEmpty()
                            ? ": damaged; mdc evaluate writes it again from its ledger"
                            : ": of other images than the run has; mdc evaluate measures these"));
        }
        return evaluation.map(all -> new Evaluation(run.path().toString(), all.protocols(), all.results()));
    }

    private static Optional<RobustEvaluation> comparison(RunDirectory run, RunRecords records) {
        Optional<RobustEvaluation> comparison = records.compared();
        if (comparison.isEmpty() && Files.exists(run.robust())) {
            throw new DataException(run.robust()
                    + ": damaged, or of other images than the run has; mdc evaluate --robust writes it again from its"
                    + " ledgers");
        }
        return comparison.map(all -> all.of(run.path().toString()));
    }

    /** Of a run without an end, the images that it would go on from. */
    private static Optional<ImageView> images(RunDirectory run, RunRecords records, Optional<RunConfig> config)
            throws IOException {
        if (Files.exists(run.synthetic())) {
            return Optional.of(ImageView.of(CondensedSet.read(run.synthetic()), ""));
        }
        Optional<CondensedSet> saved = config.flatMap(records::saved);
        return saved.isEmpty()
                ? Optional.empty()
                : Optional.of(ImageView.of(saved.get(), "; as they were when the run was last saved"));
    }

    /** The commands that make it again; none without settings. */
    List<List<String>> commands() {
        return config.isEmpty() ? List.of() : new RunRecords(run).commands(config.get());
    }

    /** Where the images come from; all are its own if nothing tells. */
    ImageOrigin origin() {
        return circumstances.map(Circumstances::origin).orElse(ImageOrigin.CONDENSED);
    }

    /** What was measured of its prefixes by the protocol begun last, with its own network if that was; else empty. */
    Optional<List<PrefixResult>> lastMeasured() {
        String own = config.map(all -> all.network().network().toString()).orElse("");
        return evaluation.map(all -> all.newest(own)).filter(results -> !results.isEmpty());
    }

    /** How many outer loops have begun. */
    int begun() {
        return loops.stream().mapToInt(LoopMetrics::outer).max().orElse(0);
    }
}
