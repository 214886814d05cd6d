package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.base.DirectoryLock;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.evaluate.Sizes;
import io.mdc.report.Progress;
import io.mdc.robust.RobustEvaluation;
import io.mdc.run.Ending;
import io.mdc.run.RobustRun;
import io.mdc.run.RunData;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that {@code mdc evaluate --robust} does once its options are known: one run after the other, so that each has all
 * cores and the cache has what the next needs.
 *
 * @param runs finished runs; copied
 * @param options settings that lie over each run's own
 */
public record RobustJob(List<RunDirectory> runs, Layer options) {
    private static final String SIZES = Settings.key(EvaluationConfig.class, "sizes");

    /** Copies the list. */
    public RobustJob {
        runs = List.copyOf(runs);
    }

    /**
     * What became of the runs.
     *
     * @param compared by directory, in the order they were given
     * @param leftOut the others
     */
    public record Result(Map<RunDirectory, RobustEvaluation> compared, List<EvaluateAllJob.LeftOut> leftOut) {}

    /**
     * Loads the data and compares every run's condensed set with real images, into its {@code robust.json}.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every epoch
     * @param told of every run of several that is left out
     * @throws ConfigException if settings do not go with the data or the condensed set of a run that is the only one
     * @throws io.mdc.base.DataException if its data or condensed set is missing, damaged or not the run's
     */
    public Ending<Result> run(Progress progress, Stop stop, Consumer<EvaluateAllJob.LeftOut> told) throws IOException {
        Map<RunDirectory, RobustEvaluation> compared = new LinkedHashMap<>();
        List<EvaluateAllJob.LeftOut> leftOut = new ArrayList<>();
        for (RunDirectory run : runs) {
            try {
                Optional<RobustEvaluation> comparison = compare(run, progress, stop);
                if (comparison.isEmpty()) {
                    return Ending.again();
                }
                compared.put(run, comparison.get());
            } catch (IOException | RuntimeException e) {
                EvaluateAllJob.LeftOut failed = new EvaluateAllJob.LeftOut(run, RunsTogether.ofRun(e));
                if (runs.size() == 1) {
                    throw e;
                }
                leftOut.add(failed);
                told.accept(failed);
            }
        }
        return new Ending.Finished<>(new Result(compared, List.copyOf(leftOut)));
    }

    @SuppressWarnings("try") // the lock is held, not used
    private Optional<RobustEvaluation> compare(RunDirectory run, Progress progress, Stop stop) throws IOException {
        RunConfig config = ConfigReader.read(run.settings(progress::milestone), options);
        Optional<Sizes> sizes = options.values().containsKey(SIZES)
                ? Optional.of(config.evaluation().sizes())
                : Optional.empty();
        try (Compute compute = Compute.start(config.compute());
                DirectoryLock lock = run.lock()) {
            Dataset data = RunData.toEvaluate(config, progress);
            try (RobustRun comparison = new RobustRun(run, config, sizes, data, compute, progress)) {
                return comparison.run(compute, stop);
            }
        }
    }
}
