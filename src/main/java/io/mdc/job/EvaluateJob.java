package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.base.DirectoryLock;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.Protocol;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.EvaluateRun;
import io.mdc.run.RunData;
import io.mdc.run.Stop;
import java.io.IOException;
import java.util.Optional;

/**
 * All that {@code mdc evaluate} does once its settings are known.
 *
 * @param directory of a finished run
 * @param config settings, which may differ from those the run was made with
 */
public record EvaluateJob(RunDirectory directory, RunConfig config) {
    /**
     * What is known of a run now.
     *
     * @param evaluation all that was ever measured of it
     * @param protocol how what was asked for was measured; one of the evaluation's
     */
    public record Result(Evaluation evaluation, Protocol protocol) {}

    /**
     * Loads the data and evaluates the prefixes of the run's condensed set into its {@code evaluation.json}.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every epoch
     * @throws io.mdc.setting.ConfigException if settings do not go with the data or the condensed set
     * @throws io.mdc.base.DataException if the data or the condensed set is missing, damaged or not the run's, or
     *     another process has the directory
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Ending<Result> run(Progress progress, Stop stop) throws IOException {
        try (Compute compute = Compute.start(config.compute());
                DirectoryLock lock = directory.lock()) {
            Dataset data = RunData.toEvaluate(config, progress);
            try (EvaluateRun evaluation = new EvaluateRun(directory, config.evaluating(), data, compute, progress)) {
                Optional<Evaluation> evaluated = evaluation.run(compute.workers(), stop);
                return evaluated.isPresent()
                        ? new Ending.Finished<>(new Result(evaluated.get(), evaluation.protocol()))
                        : Ending.again();
            }
        }
    }
}
