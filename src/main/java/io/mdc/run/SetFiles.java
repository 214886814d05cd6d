package io.mdc.run;

import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.report.ImageSheet;
import io.mdc.report.Progress;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The condensed set of a run directory, and its picture. */
public final class SetFiles {
    private static final int ZOOM = 2;

    private SetFiles() {}

    /** The set of images that are condensed by these settings. */
    static CondensedSet of(Tensor images, RunConfig config, Dataset data) {
        return new CondensedSet(
                images.toFloats(),
                images.shape(),
                data.classes(),
                config.synthetic().factor());
    }

    /**
     * Reads the set.
     *
     * @throws DataException if it is missing or damaged; says how it is written again, where it can be
     */
    public static CondensedSet read(RunDirectory directory) {
        try {
            return CondensedSet.read(directory.synthetic());
        } catch (DataException e) {
            throw writing(directory)
                    .map(command -> new DataException(e.getMessage() + "; " + command + " writes it again", e))
                    .orElse(e);
        }
    }

    /** The command that writes a damaged set again. */
    private static Optional<String> writing(RunDirectory directory) {
        boolean goesOn =
                Files.exists(directory.synthetic()) && directory.checkpoints().exist();
        return goesOn ? Optional.of(RunDemands.resuming(directory)) : RunDemands.merging(directory);
    }

    /**
     * Reads the set.
     *
     * @param data real images that it is to go with
     * @throws DataException if it is missing, damaged or of other images than the data set
     * @throws io.mdc.setting.ConfigException if only some classes were condensed
     */
    public static CondensedSet read(RunDirectory directory, Dataset data) {
        RunDemands.whole(directory);
        return readShard(directory, data);
    }

    /** {@link #read}, saying so if the data are not those that the run was made of. */
    public static CondensedSet read(RunDirectory directory, Dataset data, Progress progress) {
        CondensedSet set = read(directory, data);
        Manifest.ifReadable(directory.manifest())
                .flatMap(manifest -> difference(manifest, data))
                .ifPresent(difference -> progress.milestone(
                        directory.path() + ": these are not the data that it was made of: " + difference));
        return set;
    }

    private static Optional<String> difference(Manifest made, Dataset data) {
        for (int label = 0; label < data.classes() && label < made.classes().size(); label++) {
            String before = made.classes().get(label);
            String now = data.classNames().get(label);
            if (!before.equals(now)) {
                return Optional.of("class " + label + " was " + before + " and is " + now);
            }
        }
        List<String> before = made.data().stream().map(SourceFile::sha256).toList();
        List<String> now = data.sources().stream().map(SourceFile::sha256).toList();
        return before.equals(now) ? Optional.empty() : Optional.of("other files, or files of other content");
    }

    /** {@link #read} of a run whose classes may be condensed only in part. */
    public static CondensedSet readShard(RunDirectory directory, Dataset data) {
        CondensedSet set = read(directory);
        requireOf(data, set, directory.synthetic());
        return set;
    }

    /**
     * Makes sure that a set is of a data set's classes and shape.
     *
     * @param file of the set
     * @throws DataException if it is not
     */
    public static void requireOf(Dataset data, CondensedSet set, Path file) {
        if (set.classes() != data.classes()
                || set.channels() != data.test().channels()
                || set.height() != data.test().height()
                || set.width() != data.test().width()) {
            throw new DataException(file + ": " + set.classes() + " classes of images " + set.channels() + "x"
                    + set.height() + "x" + set.width() + ", which are not those of the data set "
                    + data.name());
        }
    }

    /** Writes set and picture; says so if that does not show all channels. */
    public static void write(RunDirectory directory, CondensedSet set, Progress progress) throws IOException {
        set.write(directory.synthetic());
        new ImageSheet(set.classes(), set.ipc(), set.channels(), set.height(), set.width(), ZOOM)
                .writePng(
                        (row, column, channel, y, x) -> set.pixel(row * set.ipc() + column, channel, y, x),
                        directory.picture());
        if (set.channels() != 1 && set.channels() != 3) {
            progress.milestone(directory.picture() + ": shows the first " + ImageSheet.drawn(set.channels()) + " of "
                    + set.channels() + " channels");
        }
    }
}
