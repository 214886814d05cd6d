package io.mdc.cli;

import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetSource;
import io.mdc.dataset.DatasetName;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import io.mdc.setting.ConfigException;

/** From settings to data sets; names and settings that are wrong become {@link ConfigException}s. */
final class DataRequests {
    private DataRequests() {}

    /** Loads the data set that the settings name, with progress of its own. */
    static Dataset load(RunConfig config, Console console) {
        try (Progress progress = console.progress()) {
            return RunData.load(config, progress);
        }
    }

    /** Finds a data set by its name. */
    static DatasetSource source(String name) {
        try {
            return DatasetName.parse(name).source();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("data set '" + name + "': " + e.getMessage());
        }
    }
}
