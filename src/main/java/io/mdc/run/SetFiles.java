package io.mdc.run;

import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.report.ImageSheet;
import io.mdc.report.Progress;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** The condensed set of a run directory, and its picture. */
final class SetFiles {
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
     * @param data real images that it is to go with
     * @throws DataException if it is missing, damaged or of other images than the data set
     * @throws io.mdc.setting.ConfigException if only some classes were condensed
     */
    static CondensedSet read(RunDirectory directory, Dataset data) {
        RunDemands.whole(directory);
        return readShard(directory, data);
    }

    /** {@link #read} of a run whose classes may be condensed only in part. */
    static CondensedSet readShard(RunDirectory directory, Dataset data) {
        CondensedSet set = CondensedSet.read(directory.synthetic());
        requireOf(data, set, directory.synthetic());
        return set;
    }

    /**
     * Makes sure that a set is of a data set's classes and shape.
     *
     * @param file of the set
     * @throws DataException if it is not
     */
    static void requireOf(Dataset data, CondensedSet set, Path file) {
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
    static void write(RunDirectory directory, CondensedSet set, Progress progress) throws IOException {
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
