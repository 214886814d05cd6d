package io.mdc.run;

import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.Datasets;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;

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
        Decoding decoding = new Decoding(progress);
        LoadRequest request = config.data().request(config.compute().threadsOrCores(), decoding::decoded);
        try {
            return Datasets.load(config.data().dataset(), request);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** A phase that begins with the first image, whichever of the threads decodes it. */
    private static final class Decoding {
        private final Progress progress;
        private boolean begun;

        Decoding(Progress progress) {
            this.progress = progress;
        }

        /** Called from any thread; others wait until the phase has begun. */
        synchronized void decoded(long done, long all) {
            if (!begun) {
                progress.begin("decoding images", all, 0);
                begun = true;
            }
            progress.update(done, "");
        }
    }

    /** {@link #load}, making sure that networks and augmentations fit its images. */
    public static Dataset toEvaluate(RunConfig config, Progress progress) {
        Dataset data = load(config, progress);
        config.requireFits(data.train().height(), data.train().channels());
        return data;
    }

    /** {@link #toEvaluate}, making sure that there are enough images to begin with. */
    public static Dataset toCondense(RunConfig config, Progress progress) {
        Dataset data = toEvaluate(config, progress);
        config.requireEnough(data);
        return data;
    }
}
