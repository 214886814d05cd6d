package io.mdc.job;

import io.mdc.base.DataException;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.Evaluation;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All that {@code mdc evaluate} does with several runs: the trials of all are made in one queue, and every run gets
 * what it would get alone. One that fails is left out; the others go on.
 *
 * @param runs the finished runs, each with settings that lie over its own; copied
 * @param interrupted the ending if it is interrupted, which tells how to go on
 */
public record EvaluateAllJob(Map<RunDirectory, Layer> runs, Ending.Interrupted<Result> interrupted) {
    /** Copies the map. */
    public EvaluateAllJob {
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    }

    /** That of a command which may be given again. */
    public EvaluateAllJob(Map<RunDirectory, Layer> runs) {
        this(runs, Ending.again());
    }

    /** The same settings for all. */
    public EvaluateAllJob(List<RunDirectory> runs, Layer options) {
        this(all(runs, options));
    }

    private static Map<RunDirectory, Layer> all(List<RunDirectory> runs, Layer options) {
        Map<RunDirectory, Layer> all = new LinkedHashMap<>();
        runs.forEach(run -> all.put(run, options));
        return all;
    }

    /**
     * A run that was left out.
     *
     * @param run its directory
     * @param reason a {@link ConfigException}, a {@link DataException} or of input and output
     */
    public record LeftOut(RunDirectory run, Exception reason) {}

    /**
     * What became of the runs.
     *
     * @param evaluated all that was ever measured of those that did not fail, by directory, in the order they were
     *     given
     * @param leftOut the others, in the order they failed
     */
    public record Result(Map<RunDirectory, Evaluation> evaluated, List<LeftOut> leftOut) {}

    /**
     * Loads the data and evaluates the prefixes of every run's condensed set into its {@code evaluation.json}.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every epoch
     * @param told of every run that is left out, one at a time, from any thread
     * @throws ConfigException if that is what all runs fail for
     * @throws DataException if that is what all runs fail for
     */
    public Ending<Result> run(Progress progress, Stop stop, Consumer<LeftOut> told) throws IOException {
        try (RunsTogether together = new RunsTogether(progress, told)) {
            runs.forEach(together::open);
            together.begin();
            stop.advise(interrupted.advice());
            return together.makeTrials(stop) ? new Ending.Finished<>(together.finish()) : interrupted;
        }
    }
}
