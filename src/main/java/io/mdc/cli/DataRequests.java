package io.mdc.cli;

import io.mdc.config.ConfigException;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetSource;
import io.mdc.data.Datasets;
import io.mdc.data.LoadRequest;

/** From settings to data sets; names and settings that are wrong become {@link ConfigException}s. */
final class DataRequests {
    private DataRequests() {}

    /** Loads the data set that the settings name, without saying how far it is. */
    static Dataset load(RunConfig config) {
        try {
            LoadRequest request =
                    LoadRequest.of(config.data(), config.engine().threadsOrCores(), (done, all) -> {});
            return Datasets.load(config.data().dataset(), request);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** Finds a data set by its name. */
    static DatasetSource source(String name) {
        try {
            return Datasets.source(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }
}
