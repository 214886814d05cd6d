package io.mdc.reproduce.plan;

import io.mdc.directory.CoursePoint;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.network.NetworkChoice;
import io.mdc.run.RunEnd;
import io.mdc.task.MlsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What runs have left in their directories; read once. */
public final class Findings {
    private final Path runs;
    private final AccuracyKind kind;
    private final Set<PlannedRun> known = new HashSet<>();
    private final Map<PlannedRun, Boolean> finished = new HashMap<>();
    private final Map<PlannedRun, Optional<Evaluation>> evaluations = new HashMap<>();
    private final Map<PlannedRun, List<CoursePoint>> courses = new HashMap<>();

    /** Those below a directory. */
    public Findings(Path runs, AccuracyKind kind) {
        this.runs = runs;
        this.kind = kind;
    }

    /** Which accuracy counts. */
    public AccuracyKind kind() {
        return kind;
    }

    /**
     * The directory of a run, if it was made.
     *
     * @throws io.mdc.setting.ConfigException if it is of another
     */
    public Optional<RunDirectory> directory(PlannedRun run) {
        Path path = runs.resolve(run.name());
        if (!Files.exists(path.resolve("config.yaml"))) {
            return Optional.empty();
        }
        RunDirectory directory = RunDirectory.open(path);
        if (known.add(run)) {
            directory.requireShaping(run.config(), note -> {});
        }
        return Optional.of(directory);
    }

    /** The directory of a run that was condensed, or joined, to its end, with images that can be read. */
    public Optional<RunDirectory> finished(PlannedRun run) {
        return directory(run)
                .filter(made -> finished.computeIfAbsent(run, key -> RunEnd.isReached(made, key.config())));
    }

    /** Whether there is one. */
    public boolean isFinished(PlannedRun run) {
        return finished(run).isPresent();
    }

    /** Outer loops of a run that were done to their end. */
    public int outerDone(PlannedRun run) throws IOException {
        Optional<RunDirectory> directory = directory(run);
        return directory.isPresent()
                ? new RunRecords(directory.get()).loops().lines().size()
                        / run.config().loop().inner()
                : 0;
    }

    /** Accuracies of the networks trained on a prefix, by the settings of the run; none if it was not evaluated. */
    public List<Double> accuracies(PlannedRun run, NetworkChoice network, int size) throws IOException {
        if (!evaluations.containsKey(run)) {
            Optional<RunDirectory> directory = directory(run);
            evaluations.put(run, directory.isPresent() ? new RunRecords(directory.get()).measured() : Optional.empty());
        }
        return evaluations.get(run).stream()
                .flatMap(evaluation -> evaluation.results().stream().filter(result -> isOf(evaluation, result, run)))
                .filter(result -> result.network().equals(network.toString()) && result.size() == size)
                .reduce((first, last) -> last)
                .map(result -> kind.of(result).runs())
                .orElse(List.of());
    }

    private static boolean isOf(Evaluation evaluation, PrefixResult result, PlannedRun run) {
        return evaluation
                .protocols()
                .get(result.protocol())
                .settings()
                .equals(run.config().evaluating().shaping());
    }

    /** Accuracies of the networks trained on a prefix at the end of an outer loop; none if they were not measured. */
    public List<Double> course(PlannedRun run, int outer, int size) throws IOException {
        return course(run).stream()
                .filter(point -> point.outer() == outer && point.size() == size)
                .findFirst()
                .map(point -> kind.of(point).runs())
                .orElse(List.of());
    }

    /** Seconds of condensing until the end of an outer loop at which something was measured. */
    public OptionalDouble seconds(PlannedRun run, int outer) throws IOException {
        return course(run).stream()
                .filter(point -> point.outer() == outer)
                .mapToDouble(CoursePoint::seconds)
                .findFirst();
    }

    private List<CoursePoint> course(PlannedRun run) throws IOException {
        if (!courses.containsKey(run)) {
            Optional<RunDirectory> directory = directory(run);
            courses.put(
                    run,
                    directory.isPresent()
                            ? new RunRecords(directory.get()).course().lines()
                            : List.of());
        }
        return courses.get(run);
    }

    /** The selections of the most learnable subset. */
    public List<MlsEvent> selections(PlannedRun run) throws IOException {
        Optional<RunDirectory> directory = directory(run);
        return directory.isPresent()
                ? new RunRecords(directory.get()).selections().lines()
                : List.of();
    }

    /** Distances F(1) … F(N − 1) of all classes together, by outer loop. */
    public Map<Integer, List<Double>> distances(PlannedRun run) throws IOException {
        Map<Integer, List<Double>> distances = new HashMap<>();
        selections(run).forEach(event -> distances.put(event.outer(), event.distance()));
        return distances;
    }
}
