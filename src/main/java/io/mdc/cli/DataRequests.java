package io.mdc.cli;

import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetSource;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.DatasetName;
import io.mdc.dataset.Datasets;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import java.util.concurrent.atomic.AtomicBoolean;

/** From settings to data sets; names and settings that are wrong become {@link ConfigException}s. */
final class DataRequests {
    private DataRequests() {}

    /** Loads the data set that the settings name; decoding images, which takes a while, is a phase of the progress. */
    static Dataset load(RunConfig config, Progress progress) {
        AtomicBoolean begun = new AtomicBoolean();
        LoadRequest request = config.data().request(config.compute().threadsOrCores(), (done, all) -> {
            if (begun.compareAndSet(false, true)) {
                progress.begin("decoding images", all, 0);
            }
            progress.update(done, "");
        });
        try {
            return Datasets.load(config.data().dataset(), request);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** The same with progress of its own. */
    static Dataset load(RunConfig config, Console console) {
        try (Progress progress = console.progress()) {
            return load(config, progress);
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
