package io.mdc.cli;

import io.mdc.backend.ComputeConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.job.MergeJob;
import io.mdc.run.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts the shards of a run together. */
@Command(
        name = "merge",
        description = "Put the classes together that mdc condense --class-shard condensed in several processes.",
        footer = {"", "Example: mdc merge runs/shared"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class MergeCommand extends ConfiguredCommand {
    @Parameters(paramLabel = "RUN", description = "Directory with all shards; becomes that of the run.")
    private Path run;

    MergeCommand(Console console) {
        super(console, Set.of(DataConfig.class, ComputeConfig.class));
    }

    @Override
    String defaultOf(String key) {
        return "the run's";
    }

    @Override
    public Integer call() throws IOException {
        Ending<RunDirectory> ending = Interruptible.run(
                console(), (progress, stop) -> new Ending.Finished<>(new MergeJob(run).run(options(), progress)));
        if (!(ending instanceof Ending.Finished<RunDirectory> finished)) {
            return ExitCode.INTERRUPTED;
        }
        RunDirectory merged = finished.result();
        console().out().print("condensed set  " + merged.synthetic() + "\n");
        console().out().print("its picture    " + merged.picture() + "\n");
        return ExitCode.DONE;
    }
}
