package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.backend.ComputeConfig;
import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.Workers;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.dataset.DataConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.TrialQueue;
import io.mdc.report.Progress;
import io.mdc.run.EvaluateRun;
import io.mdc.run.RunData;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs that are evaluated in one queue, each kept from other processes until all are closed. */
final class RunsTogether implements AutoCloseable {
    private final Progress progress;
    private final Consumer<EvaluateAllJob.LeftOut> told;
    private final Map<DataConfig, Dataset> data = new HashMap<>();
    private final Map<ComputeConfig, Compute> computes = new HashMap<>();
    private final Map<RunDirectory, EvaluateRun> open = new LinkedHashMap<>();
    private final List<EvaluateAllJob.LeftOut> leftOut = new ArrayList<>();
    private final Deque<Closeable> taken = new ArrayDeque<>();

    /**
     * No runs yet.
     *
     * @param told of runs that are left out: at {@link #begin} of those that were by then, later at once
     */
    RunsTogether(Progress progress, Consumer<EvaluateAllJob.LeftOut> told) {
        this.progress = progress;
        this.told = told;
    }

    /** Locks a run and reads its condensed set; leaves it out if that fails. */
    void open(RunDirectory run, Layer options) {
        try {
            RunConfig config = ConfigReader.read(run.settings(progress::milestone), options);
            Compute compute = computes.computeIfAbsent(config.compute(), Compute::start);
            DirectoryLock lock = run.lock();
            taken.push(lock::close);
            EvaluateRun evaluation = new EvaluateRun(run, config.evaluating(), dataOf(config), compute, progress);
            taken.push(evaluation::close);
            open.put(run, evaluation);
        } catch (IOException | RuntimeException e) {
            leftOut.add(new EvaluateAllJob.LeftOut(run, ofRun(e)));
        }
    }

    private Dataset dataOf(RunConfig config) {
        Dataset shared = data.computeIfAbsent(config.data().absolute(), key -> RunData.load(config, progress));
        config.requireFits(shared.train().height(), shared.train().channels());
        return shared;
    }

    /**
     * Ends opening: tells of the runs that were left out, or fails if all were for one and the same reason.
     *
     * @throws IOException the reason, if it was one; likewise {@link ConfigException} and {@link DataException}
     */
    void begin() throws IOException {
        long reasons = leftOut.stream()
                .map(failed -> String.valueOf(failed.reason().getMessage()))
                .distinct()
                .count();
        if (open.isEmpty() && reasons == 1) {
            Exception reason = leftOut.get(0).reason();
            if (reason instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) reason;
        }
        leftOut.forEach(told);
    }

    /** Makes the trials of all runs; false if {@code stop} said so before they were made. */
    boolean makeTrials(Stop stop) {
        List<TrialQueue.Member> members = new ArrayList<>();
        open.forEach((run, evaluation) -> members.add(evaluation.trials(failure -> leaveOut(run, failure))));
        int threads = computes.values().stream()
                .mapToInt(compute -> compute.workers().threads())
                .max()
                .orElse(1);
        try (Workers workers = new Workers(threads)) {
            return EvaluateRun.makeTrials(members, workers, EvaluateRun.ON_PREFIXES, progress, stop);
        }
    }

    /** Writes what was measured of every run that did not fail. */
    EvaluateAllJob.Result finish() {
        Map<RunDirectory, Evaluation> evaluated = new LinkedHashMap<>();
        for (Map.Entry<RunDirectory, EvaluateRun> run : List.copyOf(open.entrySet())) {
            try {
                evaluated.put(run.getKey(), run.getValue().finish());
            } catch (IOException | RuntimeException e) {
                leaveOut(run.getKey(), e);
            }
        }
        return new EvaluateAllJob.Result(evaluated, List.copyOf(leftOut));
    }

    private synchronized void leaveOut(RunDirectory run, Exception failure) {
        EvaluateAllJob.LeftOut failed = new EvaluateAllJob.LeftOut(run, ofRun(failure));
        if (open.remove(run) != null) {
            leftOut.add(failed);
            told.accept(failed);
        }
    }

    /** The failure, if it is one that concerns a run alone; others are thrown again. */
    static Exception ofRun(Exception failure) {
        if (failure instanceof UncheckedIOException io) {
            return io.getCause();
        } else if (failure instanceof RuntimeException unexpected
                && !(failure instanceof ConfigException)
                && !(failure instanceof DataException)) {
            throw unexpected;
        }
        return failure;
    }

    /** Gives back what was taken, the last first. */
    @Override
    public void close() throws IOException {
        try {
            while (!taken.isEmpty()) {
                taken.pop().close();
            }
        } finally {
            computes.values().forEach(Compute::close);
        }
    }
}
