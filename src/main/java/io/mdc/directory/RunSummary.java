package io.mdc.directory;

import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.OneLine;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Sizes;
import io.mdc.numpy.NumpyArchive;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run directory tells at a glance, without its lock: nothing is written, and arrays are read only where there is
 * an evaluation, to tell whether it is of them.
 *
 * @param path of the directory
 * @param state how far the run is
 * @param config its settings, if they can be read
 * @param outer the outer loop that it is in or would go on in; nothing if it has not begun or there are none
 * @param average of the accuracies after the last epoch, as last evaluated
 * @param time of condensing, all parts together, if anything tells
 * @param origin of its images, as far as anything tells
 * @param remarks what is damaged or unusual, one line each; copied
 */
public record RunSummary(
        Path path,
        RunState state,
        Optional<RunConfig> config,
        OptionalInt outer,
        Optional<Average> average,
        Optional<Duration> time,
        ImageOrigin origin,
        List<String> remarks) {
    private static final int MILLIS = 1000;

    /**
     * A mean accuracy.
     *
     * @param accuracy in percent
     * @param sizes that were measured, at least one
     */
    public record Average(double accuracy, Sizes sizes) {}

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a damaged run has no remark, or another one no settings
     */
    public RunSummary {
        Objects.requireNonNull(path);
        remarks = List.copyOf(remarks);
        if (state == RunState.DAMAGED ? remarks.isEmpty() : config.isEmpty()) {
            throw new IllegalArgumentException(path + ": " + state + " without a reason or settings");
        }
    }

    /** That of a run of a family whose directory was not made yet. */
    public static RunSummary waiting(Path path, RunConfig config) {
        return new RunSummary(
                path,
                RunState.WAITING,
                Optional.of(config),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                ImageOrigin.CONDENSED,
                List.of());
    }

    /** That of a directory of which only damage can be told. */
    public static RunSummary damaged(Path path, String reason) {
        return new RunSummary(
                path,
                RunState.DAMAGED,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                ImageOrigin.CONDENSED,
                List.of(reason));
    }

    /** Looks at a run directory; whatever is wrong with it is told by the summary. */
    public static RunSummary of(Path path) {
        List<String> remarks = new ArrayList<>();
        RunConfig config;
        try {
            config = ConfigReader.read(RunDirectory.open(path).settings(note -> remarks.add(without(path, note))));
        } catch (ConfigException | DataException e) {
            return damaged(path, without(path, OneLine.reason(e)));
        }
        RunDirectory directory = RunDirectory.open(path);
        Optional<Average> average = Optional.empty();
        Optional<Duration> time = Optional.empty();
        OptionalInt outer = OptionalInt.empty();
        ImageOrigin origin = ImageOrigin.CONDENSED;
        RunState state;
        try {
            average = average(directory, config, remarks);
            Optional<Manifest> manifest = manifest(directory);
            time = time(directory, manifest);
            origin = manifest.map(Manifest::origin).orElse(origin);
            origin.shard().ifPresent(shard -> remarks.add("shard " + shard));
            state = state(directory, manifest);
            if (state == RunState.STOPPED) {
                manifest.map(Manifest::warnings).ifPresent(remarks::addAll);
            }
            outer = state == RunState.STOPPED || state == RunState.RUNNING
                    ? directory.checkpoints().outer()
                    : OptionalInt.empty();
        } catch (IOException | DataException e) {
            remarks.add(0, without(path, OneLine.reason(e)));
            state = RunState.DAMAGED;
        }
        return new RunSummary(path, state, Optional.of(config), outer, average, time, origin, remarks);
    }

    private static RunState state(RunDirectory directory, Optional<Manifest> manifest) throws IOException {
        boolean held = DirectoryLock.isHeld(directory.path());
        if (manifest.filter(Manifest::finished).isEmpty()) {
            return held ? RunState.RUNNING : RunState.STOPPED;
        }
        try {
            NumpyArchive.names(directory.synthetic());
        } catch (IOException e) {
            throw new DataException(directory.synthetic() + ": "
                    + (Files.exists(directory.synthetic()) ? OneLine.reason(e) : "missing from a finished run"));
        }
        return held ? RunState.EVALUATING : RunState.FINISHED;
    }

    private static Optional<Manifest> manifest(RunDirectory directory) {
        boolean begun = Files.exists(directory.synthetic())
                || Files.exists(directory.checkpoints().file());
        if (!Files.exists(directory.manifest()) && begun) {
            throw new DataException(directory.manifest() + ": missing");
        }
        return Files.exists(directory.manifest()) ? Optional.of(Manifest.read(directory.manifest())) : Optional.empty();
    }

    private static Optional<Duration> time(RunDirectory directory, Optional<Manifest> manifest) {
        double seconds = SpentTime.seconds(directory, manifest);
        return seconds > 0 ? Optional.of(Duration.ofMillis((long) (seconds * MILLIS))) : Optional.empty();
    }

    private static Optional<Average> average(RunDirectory directory, RunConfig config, List<String> remarks) {
        RunRecords records = new RunRecords(directory);
        Optional<Evaluation> evaluation = records.measured();
        if (evaluation.isEmpty() && Files.exists(directory.evaluation())) {
            remarks.add(directory.evaluation().getFileName()
                    + (records.evaluated().isEmpty()
                            ? ": not as it was written"
                            : ": of other images than the run has"));
        }
        List<PrefixResult> newest = evaluation
                .map(evaluated -> evaluated.newest(config.network().network().toString()))
                .orElse(List.of());
        return newest.stream().mapToDouble(result -> result.last().mean()).average().stream()
                .mapToObj(mean -> new Average(
                        mean, new Sizes(newest.stream().map(PrefixResult::size).toList())))
                .findFirst();
    }

    private static String without(Path directory, String message) {
        return directory.toString().isEmpty() ? message : message.replace(directory + "/", "");
    }
}
