package io.mdc.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which images to condense.
 *
 * @param dataset name of the data set
 * @param dataDir directory with its files; empty for a data set that needs none
 */
public record DataConfig(
        @Setting(value = "Data set", allowed = "shapes or cifar10")
        String dataset,

        @Setting(value = "Directory with the data set's files", allowed = "a directory, empty if none is needed")
        Optional<Path> dataDir) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if the name of the data set is empty
     */
    public DataConfig {
        Settings.check(DataConfig.class, dataset, dataDir);
        if (dataset.isBlank()) {
            throw new ConfigException("dataset", dataset, "must name a data set");
        }
    }
}
