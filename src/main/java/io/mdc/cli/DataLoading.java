package io.mdc.cli;

import io.mdc.config.ConfigException;
import io.mdc.config.DataConfig;
import io.mdc.data.Dataset;
import io.mdc.data.Datasets;
import io.mdc.data.LoadRequest;
import io.mdc.report.Progress;
import java.util.concurrent.atomic.AtomicBoolean;

/** Loads the data set that settings name. */
final class DataLoading {
    private DataLoading() {}

    /** Loads, decoding images where need be with {@code threads}. */
    static Dataset load(DataConfig config, int threads, Progress progress) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            LoadRequest request = LoadRequest.of(config, threads, (done, all) -> {
                if (begun.compareAndSet(false, true)) {
                    progress.begin("decoding images", all, 0);
                }
                progress.update(done, "");
            });
            return Datasets.load(config.dataset(), request);
        } catch (ConfigException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }
}
