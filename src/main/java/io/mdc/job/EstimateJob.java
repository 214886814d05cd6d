package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.bench.Estimate;
import io.mdc.bench.Estimator;
import io.mdc.bench.EvaluationEstimate;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.Forecast;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.report.Progress;
import io.mdc.run.CondenseRun;
import io.mdc.run.RunData;
import io.mdc.setting.Share;

/**
 * All that {@code mdc estimate} does once its settings are known.
 *
 * @param config settings of the run to foretell
 * @param classes that are condensed; evaluations are those of all
 */
public record EstimateJob(RunConfig config, Share classes) {
    /** That of a whole run. */
    public EstimateJob(RunConfig config) {
        this(config, Share.ALL);
    }

    /**
     * Loads the data and does some of the run's steps on it, and of its evaluations.
     *
     * @param progress is told how far loading is; not closed
     * @throws io.mdc.setting.ConfigException if settings do not go with the data, or classes cannot be condensed apart
     * @throws io.mdc.base.DataException if the data is missing or damaged
     */
    public Forecast<Estimate> run(Progress progress) {
        boolean whole = classes.equals(Share.ALL);
        if (!whole) {
            ShardJob.requireApart(config, classes);
        }
        try (Compute compute = Compute.start(config.compute())) {
            Dataset data = RunData.toCondense(config, progress);
            ShardJob.requireClasses(classes, data.classes());
            return new Forecast<>(
                    Estimator.measure(config, data, CondenseRun.runner(config, data, compute), classes, Estimator.LONG),
                    whole ? EvaluationEstimator.ofWholeRuns().of(config, data, compute) : EvaluationEstimate.NONE);
        }
    }
}
