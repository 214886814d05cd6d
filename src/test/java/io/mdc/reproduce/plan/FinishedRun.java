package io.mdc.reproduce.plan;

import io.mdc.backend.Compute;
import io.mdc.data.Dataset;
import io.mdc.directory.Manifest;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The directory of a run that has come to its end, but for its images, which are of other data. */
public final class FinishedRun {
    private FinishedRun() {}

    /** Makes one below a directory. */
    public static RunDirectory in(Path runs, PlannedRun run) throws IOException {
        RunDirectory directory = NewRun.create(runs.resolve(run.name()), run.config());
        new CondensedSet(new float[2 * 3 * 8 * 8], new int[] {2, 3, 8, 8}, 2, 1).write(directory.synthetic());
        try (Compute compute = Compute.start(run.config().compute())) {
            Dataset data = RunData.load(run.config(), Progress.silent());
            Manifest begun = Manifest.begun(run.config(), data, compute);
            directory.writeJson(directory.manifest(), begun.ended(true, List.of(), 1));
        }
        return directory;
    }
}
