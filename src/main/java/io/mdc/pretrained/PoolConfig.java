package io.mdc.pretrained;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import java.util.OptionalInt;

/**
 * The networks that {@code --method dance} matches on: trained on real images once, and kept in the cache.
 *
 * @param poolSize how many
 * @param poolImages images that each is trained on, the same ones again and again if it must be; empty for 60 epochs
 */
public record PoolConfig(
        @Setting(
                value = "Networks that --method dance matches on, each trained on real images and kept in the cache",
                min = 1,
                max = 10_000)
        int poolSize,

        @Setting(
                value = "Real images that each of them is trained on, in batches of --batch-train; auto is 60 epochs",
                min = 1,
                max = 1_000_000_000)
        OptionalInt poolImages) {
    private static final int EPOCHS = 60;

    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public PoolConfig {
        Settings.check(PoolConfig.class, poolSize, poolImages);
    }

    /**
     * Batches that each network is trained on.
     *
     * @param images of the training set
     * @param batch images of a batch
     */
    public long batches(int images, int batch) {
        long wanted = poolImages.isPresent() ? poolImages.getAsInt() : (long) EPOCHS * images;
        return (wanted + batch - 1) / batch;
    }
}
