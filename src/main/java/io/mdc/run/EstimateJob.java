package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.bench.Estimate;
import io.mdc.bench.Estimator;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.Forecast;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.report.Progress;

/**
 * All that {@code mdc estimate} does once its settings are known.
 *
 * @param config settings of the run to foretell
 */
public record EstimateJob(RunConfig config) {
    /**
     * Loads the data and does some of the run's steps on it, and of its evaluations.
     *
     * @param progress is told how far loading is; not closed
     * @throws io.mdc.setting.ConfigException if settings do not go with the data
     * @throws io.mdc.base.DataException if the data is missing or damaged
     */
    public Forecast<Estimate> run(Progress progress) {
        try (Compute compute = Compute.start(config.compute())) {
            Dataset data = RunData.toCondense(config, progress);
            return new Forecast<>(
                    Estimator.measure(config, data, CondenseRun.runner(config, data, compute), Estimator.LONG),
                    EvaluationEstimator.ofWholeRuns().of(config, data, compute));
        }
    }
}
