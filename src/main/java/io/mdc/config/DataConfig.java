package io.mdc.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which images to condense.
 *
 * @param dataset name of the data set
 * @param dataDir directory with its files; empty for a data set that needs none
 * @param size height and width to which images of a folder are brought; empty for the data set's own
 * @param classes names of class folders, or a file with one name a line; empty for the data set's own
 * @param skipBadImages whether images of a folder that cannot be read are left out
 */
public record DataConfig(
        @Setting(value = "Data set", allowed = "shapes, cifar10, cifar100, svhn, imagenet10, folder or npz")
        String dataset,

        @Setting(value = "Directory with the data set's files", allowed = "a directory, empty if none is needed")
        Optional<Path> dataDir,

        @Setting(value = "Height and width of images read from folders; auto is 224", min = 8, max = 1024)
        OptionalInt size,

        @Setting(
                value = "Class folders to use, by name",
                allowed = "names joined by commas, or a text file with a name a line; empty for all")
        String classes,

        @Setting("Leave out images that cannot be read instead of stopping; they are counted in the manifest")
        boolean skipBadImages) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if the name of the data set is empty
     */
    public DataConfig {
        Settings.check(DataConfig.class, dataset, dataDir, size, classes, skipBadImages);
        if (dataset.isBlank()) {
            throw new ConfigException("dataset", dataset, "must name a data set");
        }
    }
}
