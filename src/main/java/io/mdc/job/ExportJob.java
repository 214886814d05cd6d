package io.mdc.job;

import io.mdc.backend.Backends;
import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.Machine;
import io.mdc.directory.MakingAgain;
import io.mdc.directory.Manifest;
import io.mdc.directory.Reordering;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.evaluate.CondensedSet;
import io.mdc.export.Export;
import io.mdc.export.ExportFiles;
import io.mdc.export.ExportSize;
import io.mdc.export.ExportedImages;
import io.mdc.export.Format;
import io.mdc.export.ImageKind;
import io.mdc.export.Making;
import io.mdc.export.Origin;
import io.mdc.export.Prefix;
import io.mdc.export.Training;
import io.mdc.run.RunDemands;
import io.mdc.run.SetFiles;
import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import io.mdc.task.SubsetLoss;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that {@code mdc export} does once its options are known; neither the data set nor what the run was computed with
 * is needed.
 *
 * @param from directory of a finished run
 * @param config its settings
 * @param size which prefix
 * @param kind which images of it
 * @param format how they are written
 * @param out file or directory to make
 * @param test where the script finds test images unless told otherwise
 */
public record ExportJob(
        RunDirectory from,
        RunConfig config,
        ExportSize size,
        ImageKind kind,
        Format format,
        Path out,
        Optional<Path> test) {
    /**
     * Writes images, data card and script.
     *
     * @param notes told what the format does not hold of the images
     * @throws ConfigException if only some classes were condensed, the set is smaller than the prefix, the format
     *     cannot hold its images, or the place exists or cannot be written
     * @throws DataException if the run is not finished, or its files are damaged
     */
    public ExportFiles run(Consumer<String> notes) throws IOException {
        ExportFiles.at(out, format.writer()).requireFree();
        if (Files.exists(from.manifest())) {
            Manifest.read(from.manifest()); // a damaged one is named as such
        }
        if (!from.isFinished()) {
            throw RunDemands.notFinished(from);
        }
        RunDemands.whole(from);
        Manifest manifest = Manifest.read(from.manifest());
        CondensedSet set = SetFiles.read(from);
        Prefix prefix = Prefix.of(set, size, kind);
        Origin origin = new Origin(
                config.data().dataset().source(),
                manifest.data(),
                making(manifest.origin()),
                new MakingAgain(config, MakingAgain.Audience.ELSEWHERE).markdown(manifest),
                Machine.version(),
                set.sha256(),
                new RunRecords(from).evaluated());
        Training training = new Training(config.evaluating(), manifest.normalization());
        try {
            Backend backend = Backends.best(); // that of the run may need a GPU, which there need not be here
            ExportedImages images = ExportedImages.of(set, prefix.size(), kind, manifest.classes(), backend);
            ExportFiles files = new Export(prefix, format, training, origin, test).write(images, out);
            format.writer().loss(images).ifPresent(notes);
            return files;
        } catch (FileSystemException e) {
            throw new ConfigException("out", out, "cannot be written: " + RunDirectory.reason(e));
        }
    }

    private Making making(ImageOrigin images) {
        return new Making(
                images.imported().map(ImageOrigin.Source::name),
                TextForm.format(config.method().method()),
                config.method().subsetLoss() != SubsetLoss.NONE,
                images.order().map(Reordering::by));
    }
}
