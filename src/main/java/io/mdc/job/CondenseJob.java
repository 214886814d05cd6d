package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.base.DirectoryLock;
import io.mdc.base.DivergedException;
import io.mdc.base.ShellWord;
import io.mdc.bench.Estimator;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.Forecast;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.engine.ChunkedGraph;
import io.mdc.evaluate.Evaluation;
import io.mdc.report.Progress;
import io.mdc.run.CondenseFiles;
import io.mdc.run.CondenseRun;
import io.mdc.run.Ending;
import io.mdc.run.EvaluateRun;
import io.mdc.run.RunData;
import io.mdc.run.RunDemands;
import io.mdc.run.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that {@code mdc condense} does once its settings are known.
 *
 * @param config settings; of a resumed run those it was begun with, but for how it is computed
 * @param out run directory asked for; empty for the first of the usual names that is free
 * @param resume whether to continue the run in {@code out}
 */
public record CondenseJob(RunConfig config, Optional<Path> out, boolean resume) {
    /**
     * Checks that a run to continue is named.
     *
     * @throws IllegalArgumentException if it is not
     */
    public CondenseJob {
        if (resume && out.isEmpty()) {
            throw new IllegalArgumentException("a run to resume has a directory");
        }
    }

    /**
     * What a finished run left.
     *
     * @param directory its files
     * @param evaluation of its prefixes; empty if the settings ask for none
     */
    public record Result(RunDirectory directory, Optional<Evaluation> evaluation) {}

    /**
     * Loads the data, says how long it will take, condenses, and evaluates if the settings say so.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop, and every epoch of an evaluation
     * @throws io.mdc.setting.ConfigException if settings do not go with the data, or the directory cannot be used
     * @throws io.mdc.base.DataException if the data or the checkpoint is missing or damaged, or another process has the
     *     directory
     * @throws DivergedException if the losses are not finite any more
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Ending<Result> run(Progress progress, Stop stop) throws IOException {
        try (Compute compute = Compute.start(config.compute())) {
            if (resume) {
                RunDirectory directory = RunDirectory.open(out.orElseThrow());
                RunDemands.condensed(directory);
                try (DirectoryLock lock = directory.lock()) {
                    RunDemands.goesOn(directory, config);
                    Dataset data = RunData.toCondense(config, progress);
                    return run(directory, data, CondenseRun.runner(config, data, compute), compute, progress, stop);
                }
            }
            Dataset data = RunData.toCondense(config, progress);
            ChunkedGraph runner = CondenseRun.runner(config, data, compute);
            RunDirectory directory = NewRun.create(out.orElseGet(() -> RunFinder.unused(config)), config);
            try (DirectoryLock lock = directory.lock()) {
                return run(directory, data, runner, compute, progress, stop);
            }
        }
    }

    /**
     * That of runs which are condensed, but were interrupted while they were evaluated.
     *
     * @param resumed whether the command may be given again; it names settings that their directories do not tell
     * @param out their directory
     */
    static <T> Ending.Interrupted<T> whileEvaluating(boolean resumed, Path out) {
        return resumed
                ? Ending.again()
                : new Ending.Interrupted<>(
                        "interrupted; the evaluation goes on with what is left: mdc evaluate " + ShellWord.quoted(out));
    }

    private Ending<Result> run(
            RunDirectory directory, Dataset data, ChunkedGraph runner, Compute compute, Progress progress, Stop stop)
            throws IOException {
        if (!resume && config.loop().steps() > 0) {
            new Forecast<>(
                            Estimator.firstIdea(config, data, runner),
                            EvaluationEstimator.ofWholeRuns().of(config, data, compute))
                    .lines()
                    .forEach(progress::milestone);
        }
        String advice = "interrupted; continue with: mdc condense --resume --out " + ShellWord.quoted(directory.path());
        stop.advise(advice);
        if (resume && RunDemands.isOver(directory, config)) {
            progress.milestone(directory.path() + ": the run is finished, and nothing is left to condense");
        } else if (!condense(directory, data, runner, compute, progress, stop)) {
            return new Ending.Interrupted<>(advice);
        }
        if (!config.evaluation().evaluate()) {
            return new Ending.Finished<>(new Result(directory, Optional.empty()));
        }
        Ending.Interrupted<Result> interrupted = whileEvaluating(resume, directory.path());
        stop.advise(interrupted.advice());
        try (EvaluateRun evaluation = new EvaluateRun(directory, config.evaluating(), data, compute, progress)) {
            Optional<Evaluation> evaluated = evaluation.run(compute.workers(), stop);
            return evaluated.isPresent() ? new Ending.Finished<>(new Result(directory, evaluated)) : interrupted;
        }
    }

    /** Condenses to the end; false if stopped before. */
    private boolean condense(
            RunDirectory directory, Dataset data, ChunkedGraph runner, Compute compute, Progress progress, Stop stop)
            throws IOException {
        try (CondenseFiles files = new CondenseFiles(directory, config, data, compute, progress, resume)) {
            CondenseRun run = new CondenseRun(List.of(files), runner, progress);
            if (!run.run(stop)) {
                return false;
            }
            run.requireSuccess();
            return true;
        }
    }
}
