package io.mdc.reproduce;

import io.mdc.backend.Compute;
import io.mdc.data.Dataset;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directory of a run that has come to its end, but for its images, whose file is damaged. */
final class FinishedRun {
    private FinishedRun() {}

    /** Makes one below a directory. */
    static RunDirectory in(Path runs, PlannedRun run) throws IOException {
        RunDirectory directory = RunDirectory.create(runs.resolve(run.name()), run.config());
        Files.writeString(directory.synthetic(), "damaged");
        try (Compute compute = Compute.start(run.config().compute())) {
            Dataset data = RunData.load(run.config(), Progress.silent());
            Manifest begun = Manifest.begun(run.config(), data, compute);
            directory.writeJson(directory.manifest(), begun.ended(true, List.of(), 1));
        }
        return directory;
    }
}
