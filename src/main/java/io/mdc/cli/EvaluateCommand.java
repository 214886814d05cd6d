package io.mdc.cli;

import io.mdc.backend.ComputeConfig;
import io.mdc.base.Json;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.network.NetworkConfig;
import io.mdc.run.Ending;
import io.mdc.run.EvaluateJob;
import io.mdc.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains networks on the prefixes of a condensed set. */
@Command(
        name = "evaluate",
        description = "Train networks on prefixes of a condensed set and measure them on the real test set.",
        abbreviateSynopsis = true,
        sortOptions = false)
final class EvaluateCommand extends ConfiguredCommand {
    private static final Set<Class<? extends Record>> OWNERS =
            Set.of(DataConfig.class, EvaluationConfig.class, NetworkConfig.class, ComputeConfig.class);

    @Parameters(paramLabel = "RUN", description = "Directory of a finished run; its settings are the defaults.")
    private Path run;

    @Option(names = "--json", description = "Print the content of evaluation.json instead of a table.")
    private boolean json;

    EvaluateCommand(Console console) {
        super(console, setting -> OWNERS.contains(setting.owner()) && !setting.isSettledByRun());
    }

    @Override
    String defaultOf(String key) {
        return "the run's";
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory directory = RunDirectory.open(run);
        RunConfig config = ConfigReader.read(directory.settings(), options());
        Ending<Evaluation> ending = Interruptible.run(console(), new EvaluateJob(directory, config)::run);
        if (ending instanceof Ending.Finished<Evaluation> finished) {
            print(finished.result(), directory);
            return ExitCode.DONE;
        }
        return ExitCode.INTERRUPTED;
    }

    private void print(Evaluation evaluation, RunDirectory directory) throws IOException {
        if (json) {
            console().out().print(Json.text(evaluation));
        } else {
            console().out().print(EvaluationTable.of(evaluation, directory.warnings()));
            console().out().print("evaluation  " + directory.evaluation() + "\n");
        }
    }
}
