package io.mdc.run;

import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.Datasets;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The data set that the settings of a run name. */
public final class RunData {
    private RunData() {}

    /**
     * Loads it; decoding images, which takes a while, is a phase of the progress.
     *
     * @throws ConfigException if there is no such data set, or a setting does not go with it
     * @throws io.mdc.base.DataException if its files are missing or damaged
     */
    public static Dataset load(RunConfig config, Progress progress) {
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

    /** {@link #load}, making sure that networks fit its images. */
    static Dataset toEvaluate(RunConfig config, Progress progress) {
        Dataset data = load(config, progress);
        config.requireFits(data.train().height());
        return data;
    }

    /** {@link #toEvaluate}, making sure that there are enough images to begin with. */
    static Dataset toCondense(RunConfig config, Progress progress) {
        Dataset data = toEvaluate(config, progress);
        config.condensing().requireEnough(data.train());
        return data;
    }
}
