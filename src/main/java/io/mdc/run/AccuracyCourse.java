package io.mdc.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.backend.Compute;
import io.mdc.base.Json;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.BestSets;
import io.mdc.directory.CoursePoint;
import io.mdc.directory.FileLedger;
import io.mdc.directory.LineLog;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.TrialQueue;
import io.mdc.report.Durations;
import io.mdc.report.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;

/**
 * The accuracy of prefixes while a run is condensed, in {@code course.jsonl}, and the best images for each size.
 *
 * <p>Trials of a point that is interrupted are in a ledger until the point is safe; those of the finished images are in
 * the evaluation's, which need not make them again.
 */
final class AccuracyCourse implements AutoCloseable {
    /** More sizes are not told one by one. */
    private static final int MOST_TOLD = 10;

    private final RunDirectory directory;
    private final RunConfig config;
    private final Dataset data;
    private final Compute compute;
    private final Progress progress;
    private final LineLog log;
    private final BestSets best;
    private final Set<Integer> measured = new HashSet<>();
    private double seconds;
    private boolean unsaved;

    /**
     * Goes on with the course of the directory after the lines of the earlier parts of the run.
     *
     * @param mark where these had come to; {@code metrics.jsonl} is where they had come to, too
     */
    AccuracyCourse(
            RunDirectory directory,
            RunConfig config,
            Dataset data,
            Compute compute,
            Progress progress,
            LineLog.Mark mark)
            throws IOException {
        this.directory = directory;
        this.config = config;
        this.data = data;
        this.compute = compute;
        this.progress = progress;
        log = LineLog.resume(directory.course(), mark, progress::milestone);
        List<CoursePoint> points = CoursePoint.readAll(directory.course());
        points.forEach(point -> measured.add(point.outer()));
        best = BestSets.open(directory.best(), points, progress::milestone);
        seconds = secondsOf(directory.metrics());
    }

    private static double secondsOf(Path metrics) throws IOException {
        double sum = 0;
        for (String line : Files.readAllLines(metrics)) {
            try {
                sum += Json.read(line, LoopMetrics.class).seconds();
            } catch (JsonProcessingException e) {
                // That it is damaged was told when the log was opened.
            }
        }
        return sum;
    }

    /** Takes in what an inner loop took. */
    void condensed(LoopMetrics loop) {
        seconds += loop.seconds();
    }

    /** Whether there is to be a point at the end of an outer loop, and is none yet. */
    boolean lacks(int outer) {
        int every = config.evaluation().evaluateEvery();
        return every > 0 && (outer % every == 0 || isLast(outer)) && !measured.contains(outer);
    }

    private boolean isLast(int outer) {
        return outer == config.loop().outer();
    }

    /** Adds a point; false if {@code stop} said so before. */
    boolean add(int outer, CondensedSet set, BooleanSupplier stop) throws IOException {
        Optional<List<PrefixResult>> results = measure(outer, set, stop);
        if (results.isEmpty()) {
            return false;
        }
        String first = config.evaluating().networks().get(0).toString();
        for (PrefixResult result : results.get()) {
            boolean better = result.network().equals(first)
                    && best.areBeatenBy(result.last().mean(), result.size());
            CoursePoint point = CoursePoint.of(result, outer, loops(outer), seconds, better, set.sha256());
            log.add(point);
            if (better) {
                best.keep(point, set);
            }
        }
        measured.add(outer);
        unsaved = true;
        tell(outer, results.get());
        return true;
    }

    private Optional<List<PrefixResult>> measure(int outer, CondensedSet set, BooleanSupplier stop) throws IOException {
        Protocol protocol = EvaluateRun.protocol(config.evaluating(), data, set);
        PrefixEvaluator evaluator = new PrefixEvaluator(config.evaluating(), data, compute, set);
        Path trials = isLast(outer) ? directory.evaluationLedger() : directory.courseLedger();
        try (FileLedger ledger = new FileLedger(trials, protocol, Optional.empty(), progress::milestone)) {
            TrialQueue.run(
                    List.of(TrialQueue.Member.alone(evaluator, ledger)),
                    compute.workers(),
                    done -> progress.update(
                            loops(outer), place(outer) + ", evaluating " + 100 * done / evaluator.work() + " %"),
                    stop);
            return Optional.of(Evaluation.of("", Map.of(protocol, ledger.all().get(protocol)))
                    .results());
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    private void tell(int outer, List<PrefixResult> results) {
        for (String network :
                results.stream().map(PrefixResult::network).distinct().toList()) {
            List<PrefixResult> own = results.stream()
                    .filter(result -> result.network().equals(network))
                    .toList();
            List<String> figures = new ArrayList<>();
            if (own.size() <= MOST_TOLD) {
                own.forEach(result -> figures.add("size " + result.size() + " "
                        + percent(DoubleStream.of(result.last().mean()))));
            }
            figures.add("average "
                    + percent(own.stream().mapToDouble(result -> result.last().mean())));
            progress.milestone(place(outer) + ", "
                    + Durations.text(Duration.ofNanos((long) (seconds * 1e9))) + " of condensing, " + network + ": "
                    + String.join(", ", figures));
        }
    }

    private static String percent(DoubleStream accuracies) {
        return String.format(Locale.ROOT, "%.1f", accuracies.average().orElseThrow());
    }

    private String place(int outer) {
        return "outer " + outer + "/" + config.loop().outer();
    }

    /** Inner loops up to the end of an outer one. */
    private long loops(int outer) {
        return (long) outer * config.loop().inner();
    }

    /** How far the course has come. */
    LineLog.Mark mark() {
        return log.mark();
    }

    /** Has all that the mark counts outlast a power cut. */
    void sync() throws IOException {
        log.sync();
    }

    /** When a checkpoint with the last mark is written: trials of points before it are not needed any more. */
    void saved() throws IOException {
        if (unsaved) {
            Files.deleteIfExists(directory.courseLedger());
            unsaved = false;
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
