package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.Manifest;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.published.PublishedFile;
import io.mdc.published.PublishedPlace;
import io.mdc.published.PublishedSet;
import io.mdc.published.Reading;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import io.mdc.run.SetFiles;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import io.mdc.synthetic.SyntheticConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that {@code mdc import} does once its options are known.
 *
 * @param place of the set that others published
 * @param reading what its images are
 * @param settings of the run to make, but for what the file says
 * @param out directory of the run to make
 */
public record ImportJob(PublishedPlace place, Reading reading, Layer settings, Path out) {
    /**
     * Loads the data, and writes a run whose images are those of the file.
     *
     * @param progress is told how far it is; not closed
     * @throws io.mdc.setting.ConfigException if settings do not go with the data or the file, the file has no such
     *     experiment, or the directory to make cannot be used
     * @throws io.mdc.base.DataException if the file or the data is missing or damaged, or they do not go together
     */
    public RunDirectory run(Progress progress) throws IOException {
        NewRun.requireFree(out);
        Path file = place.file();
        CondensedSet set = PublishedSet.of(PublishedFile.read(place), reading, file);
        SourceFile source = SourceFile.of(file);
        RunConfig config = ConfigReader.read(
                settings,
                Layer.options(Map.of(
                        Settings.key(SyntheticConfig.class, "ipc"), Integer.toString(set.ipc()),
                        Settings.key(SyntheticConfig.class, "factor"), Integer.toString(set.factor()))));
        try (Compute compute = Compute.start(config.compute())) {
            Dataset data = RunData.toEvaluate(config, progress);
            SetFiles.requireOf(data, set, file);
            PublishedSet.remark(set, reading).ifPresent(remark -> progress.milestone(file + ": " + remark));
            Manifest manifest = Manifest.begun(config, data, compute)
                    .ended(true, List.of(), 0)
                    .from(ImageOrigin.imported(new ImageOrigin.Source(
                            file.toAbsolutePath().normalize().toString(),
                            source.sha256(),
                            reading.words() + place.words())));
            return NewRun.createFinished(out, config, directory -> {
                SetFiles.write(directory, set, progress);
                directory.writeJson(directory.manifest(), manifest);
            });
        }
    }
}
