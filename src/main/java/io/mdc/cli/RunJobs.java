package io.mdc.cli;

import io.mdc.backend.Compute;
import io.mdc.bench.Estimator;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.evaluate.Evaluation;
import io.mdc.report.Progress;
import io.mdc.run.CondenseRun;
import io.mdc.run.EvaluateRun;
import io.mdc.run.RunDirectory;
import io.mdc.run.StopSignal;
import io.mdc.synthetic.Initialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** What {@code condense} and {@code evaluate} do once their settings are known. */
final class RunJobs {
    private RunJobs() {}

    /** Condenses, and evaluates if the settings say so; {@link CondenseJob}. */
    static int condense(RunConfig config, Optional<Path> out, boolean resume, Console console) throws IOException {
        Optional<Evaluation> evaluation = Optional.empty();
        Progress progress = console.progress();
        RunDirectory directory;
        try (StopSignal stop = stopSignal(progress);
                progress;
                Compute engine = Compute.start(config.compute())) {
            Dataset data = load(config, progress);
            Initialization.requireEnough(config.synthetic(), data.train());
            ChunkedGraph runner = CondenseRun.runner(config, data, engine);
            Path path = out.orElseGet(() -> RunDirectory.unused(config));
            directory = resume ? RunDirectory.open(path) : RunDirectory.create(path, config);
            if (!resume && config.loop().steps() > 0) {
                progress.milestone(EstimateCommand.line(Estimator.measure(config, data, runner, Estimator.SHORT)));
            }
            if (!new CondenseRun(directory, config, data, engine, runner, progress).run(resume, stop)) {
                progress.milestone("interrupted; continue with: mdc condense --resume --out " + path);
                return ExitCode.INTERRUPTED;
            }
            if (config.evaluation().evaluate()) {
                evaluation = evaluate(new EvaluateRun(directory, config, data, engine, progress), progress, stop, path);
                if (evaluation.isEmpty()) {
                    return ExitCode.INTERRUPTED;
                }
            }
        }
        evaluation.ifPresent(done -> console.out().print(EvaluationTable.of(done)));
        written(console, directory, evaluation.isPresent());
        return ExitCode.DONE;
    }

    /** Evaluates the prefixes of a finished run; the outcome is empty if interrupted. */
    static Optional<Evaluation> evaluate(RunDirectory directory, RunConfig config, Console console) throws IOException {
        Progress progress = console.progress();
        try (StopSignal stop = stopSignal(progress);
                progress;
                Compute engine = Compute.start(config.compute())) {
            Dataset data = load(config, progress);
            EvaluateRun run = new EvaluateRun(directory, config, data, engine, progress);
            return evaluate(run, progress, stop, directory.path());
        }
    }

    private static Optional<Evaluation> evaluate(EvaluateRun run, Progress progress, StopSignal stop, Path path)
            throws IOException {
        try {
            return Optional.of(run.run(stop));
        } catch (CancellationException e) {
            progress.milestone("interrupted; the same evaluation goes on with what is left: mdc evaluate " + path);
            return Optional.empty();
        }
    }

    /** Closed last, for from then on the process may end at any moment. */
    private static StopSignal stopSignal(Progress progress) {
        return new StopSignal(() -> progress.milestone("interrupted: stopping as soon as what was reached is saved"));
    }

    static Dataset load(RunConfig config, Progress progress) {
        Dataset data = DataRequests.load(config, progress);
        config.requireFits(data.train().height());
        return data;
    }

    private static void written(Console console, RunDirectory directory, boolean evaluated) {
        console.out().print("condensed set  " + directory.synthetic() + "\n");
        console.out().print("its picture    " + directory.picture() + "\n");
        if (evaluated) {
            console.out().print("evaluation     " + directory.evaluation() + "\n");
        }
    }
}
