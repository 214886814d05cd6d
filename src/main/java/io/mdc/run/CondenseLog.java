package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.base.DivergedException;
import io.mdc.condense.CondenseObserver;
import io.mdc.condense.CondenseState;
import io.mdc.condense.Divergence;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.Fingerprint;
import io.mdc.directory.LineLog;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.task.MlsEvent;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Writes down what happens in a condensation: lines of logs, checkpoints, and progress.
 *
 * <p>A disk that is full, or a run directory that was removed or taken over, ends the run at once, with the state of
 * the last checkpoint.
 */
final class CondenseLog implements CondenseObserver, AutoCloseable {
    /**
     * After so long a state is kept, so that no more is lost, besides the inner loop that is under way, if that is not
     * waited for when the run is stopped.
     */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final RunDirectory directory;
    private final RunConfig config;
    private final Dataset data;
    private final Fingerprint begun;
    private final Progress progress;
    private final LineLog metrics;
    private final LineLog selections;
    private final Optional<AccuracyCourse> course;
    private final List<String> told;
    private final List<String> warnings = new ArrayList<>();
    private long lastSaved = System.nanoTime();
    private long lastKept = System.nanoTime();
    private volatile Optional<Checkpoint> latest = Optional.empty();

    /**
     * Goes on with the logs of the directory after the lines of the earlier parts of the run, dropping what follows.
     *
     * @param earlier where the earlier parts had come to; empty if the run begins
     * @param told what the earlier parts warned of
     */
    CondenseLog(
            RunDirectory directory,
            RunConfig config,
            Dataset data,
            Compute compute,
            Fingerprint begun,
            Progress progress,
            Optional<Checkpoint> earlier,
            List<String> told)
            throws IOException {
        this.directory = directory;
        this.config = config;
        this.data = data;
        this.begun = begun;
        this.progress = progress;
        this.told = List.copyOf(told);
        metrics = LineLog.resume(
                directory.metrics(), earlier.map(Checkpoint::metrics).orElse(LineLog.Mark.START), progress::milestone);
        selections = LineLog.resume(
                directory.selections(),
                earlier.map(Checkpoint::selections).orElse(LineLog.Mark.START),
                progress::milestone);
        LineLog.Mark points = earlier.map(Checkpoint::course).orElse(LineLog.Mark.START);
        boolean evaluated =
                config.evaluation().evaluateEvery() > 0 || points.lines() > 0 || Files.exists(directory.course());
        course = evaluated
                ? Optional.of(new AccuracyCourse(directory, config, data, compute, progress, points))
                : Optional.empty();
    }

    /** What warned of divergence, one line each. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void warmingUp(int outer, long done, long all) {
        progress.update(
                (long) (outer - 1) * config.loop().inner(),
                String.format(
                        Locale.ROOT,
                        "outer %d/%d, warm-up %d/%d",
                        outer,
                        config.loop().outer(),
                        done,
                        all));
    }

    @Override
    public void innerLoopDone(LoopMetrics line, String mls) {
        directory.requireOwn();
        add(metrics, line);
        course.ifPresent(points -> points.condensed(line));
        progress.update(
                (long) (line.outer() - 1) * config.loop().inner() + line.inner(),
                String.format(
                        Locale.ROOT,
                        "outer %d/%d, inner %d/%d, loss %.4g%s",
                        line.outer(),
                        config.loop().outer(),
                        line.inner(),
                        config.loop().inner(),
                        line.loss(),
                        mls.isEmpty() ? "" : ", MLS " + mls));
    }

    @Override
    public void reached(Supplier<CondenseState> state) {
        long now = System.nanoTime();
        if (now - lastSaved >= config.checkpointMinutes() * TimeUnit.MINUTES.toNanos(1)) {
            checkpoint(state.get());
        } else if (now - lastKept > KEPT_NANOS) {
            keep(state.get());
        }
    }

    private void keep(CondenseState state) {
        latest = Optional.of(at(state));
        lastKept = System.nanoTime();
    }

    @Override
    public boolean measuresAfter(int outer) {
        return course.map(points -> points.lacks(outer)).orElse(false);
    }

    @Override
    public boolean measure(int outer, Tensor images, BooleanSupplier stop) {
        directory.requireOwn();
        try {
            return course.orElseThrow().add(outer, SetFiles.of(images, config, data), stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void longWorkAhead(Supplier<CondenseState> state) {
        keep(state.get());
    }

    @Override
    public void trainingPrefixes(int outer, long percent) {
        progress.update(
                (long) outer * config.loop().inner(),
                String.format(
                        Locale.ROOT,
                        "outer %d/%d, training networks on the prefixes, %d %%",
                        outer,
                        config.loop().outer(),
                        percent));
    }

    @Override
    public void diverging(Divergence divergence) {
        if (told.stream().noneMatch(divergence.sign()::isIn)) {
            warn(divergence.toString());
        }
    }

    /** Says something that the manifest is to say, too. */
    void warn(String warning) {
        warnings.add(warning);
        progress.milestone("warning: " + warning);
    }

    @Override
    public void failed(DivergedException failure) {
        progress.milestone("stopped: " + failure.getMessage() + "; the others go on");
        progress.shorten(metrics.mark().lines());
    }

    @Override
    public void selected(List<MlsEvent> events) {
        events.forEach(event -> add(selections, event));
    }

    @Override
    public void checkpoint(CondenseState state) {
        latest = Optional.empty();
        write(at(state));
        try {
            if (course.isPresent()) {
                course.get().saved();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lastSaved = System.nanoTime();
        lastKept = lastSaved;
    }

    /**
     * Saves the state before the inner loop or selection that is under way, if there is a newer one than the last
     * saved.
     */
    void saveLatest() {
        latest.ifPresent(this::write);
    }

    private Checkpoint at(CondenseState state) {
        return new Checkpoint(
                begun,
                state,
                metrics.mark(),
                selections.mark(),
                course.map(AccuracyCourse::mark).orElse(LineLog.Mark.START));
    }

    private void write(Checkpoint checkpoint) {
        directory.requireOwn();
        try {
            metrics.sync();
            selections.sync();
            if (course.isPresent()) {
                course.get().sync();
            }
            directory.checkpoints().write(checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(LineLog log, Object line) {
        try {
            log.add(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        AccuracyCourse points = course.orElse(null);
        try (metrics;
                selections;
                points) {
            // all, whatever happens to one
        }
    }
}
