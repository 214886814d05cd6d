package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.Manifest;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import io.mdc.run.SetFiles;
import io.mdc.run.SetParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a finished run of the images of several others: in every class those of the first, then those of the next
 * (Baseline B of the paper, Sec. 3.2).
 *
 * @param parts finished runs; copied
 * @param config settings of the run to make
 * @param out its directory
 */
public record JoinJob(List<RunDirectory> parts, RunConfig config, Path out) {
    /** Copies the list. */
    public JoinJob {
        parts = List.copyOf(parts);
    }

    /**
     * Reads the sets and writes the run; its time of condensing is that of all parts together.
     *
     * @param progress is told how far loading is; not closed
     * @throws io.mdc.setting.ConfigException if the directory cannot be used
     * @throws DataException if the data or a set is missing, damaged or unlike the others
     */
    public RunDirectory run(Progress progress) throws IOException {
        NewRun.requireFree(out);
        try (Compute compute = Compute.start(config.compute())) {
            Dataset data = RunData.toEvaluate(config, progress);
            SetParts read = SetParts.of(parts, data, SetFiles::read);
            CondensedSet joined = join(read.sets());
            double seconds =
                    read.seconds().stream().mapToDouble(Double::doubleValue).sum();
            Manifest manifest = Manifest.begun(config, data, compute)
                    .ended(true, read.warnings(), seconds)
                    .from(ImageOrigin.joined(read.sources()));
            return NewRun.createFinished(out, config, directory -> {
                SetFiles.write(directory, joined, Progress.silent());
                directory.writeJson(directory.manifest(), manifest);
            });
        }
    }

    private CondensedSet join(List<CondensedSet> sets) {
        try {
            return CondensedSet.joined(sets);
        } catch (IllegalArgumentException e) {
            throw new DataException(parts.get(0).path() + ": cannot be joined with the others: " + e.getMessage(), e);
        }
    }
}
