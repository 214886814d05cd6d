package io.mdc.cli;

import io.mdc.config.ConfigException;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.Datasets;
import io.mdc.evaluate.Evaluation;
import io.mdc.report.Progress;
import io.mdc.run.CondenseRun;
import io.mdc.run.Engine;
import io.mdc.run.EvaluateRun;
import io.mdc.run.RunDirectory;
import io.mdc.run.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** What {@code condense} and {@code evaluate} do once their settings are known. */
final class RunJobs {
    private RunJobs() {}

    /** Condenses, and evaluates if the settings say so; {@link CondenseJob}. */
    static int condense(RunConfig config, Optional<Path> out, boolean resume, Console console) throws IOException {
        Dataset data = load(config);
        Path path = out.orElseGet(() -> RunDirectory.unused(config));
        RunDirectory directory = resume ? RunDirectory.open(path) : RunDirectory.create(path, config);
        Evaluation evaluation = null;
        try (Progress progress = console.progress();
                StopSignal stop = stopSignal(progress, "finishing this inner loop, then writing a checkpoint");
                Engine engine = Engine.start(config.engine(), config.network().width())) {
            boolean finished = new CondenseRun(directory, config, data, engine, progress).run(resume, stop);
            if (!finished) {
                progress.milestone("interrupted; continue with: mdc condense --resume --out " + path);
                return ExitCode.INTERRUPTED;
            }
            if (config.evaluation().evaluate()) {
                evaluation = new EvaluateRun(directory, config, data, engine, progress).run(stop);
            }
        }
        if (evaluation != null) {
            console.out().print(EvaluationTable.of(evaluation));
        }
        written(console, directory, evaluation != null);
        return ExitCode.DONE;
    }

    /** Evaluates the prefixes of a finished run and returns the outcome. */
    static Evaluation evaluate(RunDirectory directory, RunConfig config, Console console) throws IOException {
        Dataset data = load(config);
        try (Progress progress = console.progress();
                StopSignal stop = stopSignal(progress, "stopping; finished trainings are kept");
                Engine engine = Engine.start(config.engine(), config.network().width())) {
            return new EvaluateRun(directory, config, data, engine, progress).run(stop);
        } catch (CancellationException e) {
            throw (CancellationException)
                    new CancellationException("interrupted; the same command goes on with what is left").initCause(e);
        }
    }

    private static StopSignal stopSignal(Progress progress, String what) {
        return new StopSignal(() -> progress.milestone("interrupted: " + what));
    }

    private static Dataset load(RunConfig config) {
        try {
            Dataset data = Datasets.load(
                    config.data().dataset(), config.data().dataDir().orElse(null));
            config.requireFits(data.train().height());
            return data;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static void written(Console console, RunDirectory directory, boolean evaluated) {
        console.out().print("condensed set  " + directory.synthetic() + "\n");
        console.out().print("its picture    " + directory.picture() + "\n");
        if (evaluated) {
            console.out().print("evaluation     " + directory.evaluation() + "\n");
        }
    }
}
