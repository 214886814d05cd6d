package io.mdc.task;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;

/**
 * How long to condense.
 *
 * @param outer outer loops, each with a new network
 * @param inner inner loops of each outer loop: one step for every class, then network training
 * @param warmUp epochs that each new network is trained on the real images before its first inner loop
 * @param nData real images the network is trained on in each inner loop
 * @param batchTrain batch size of that training
 */
public record LoopConfig(
        @Setting(value = "Outer loops, each with a new network; 0 keeps the first images", min = 0, max = 1_000_000)
        int outer,

        @Setting(value = "Inner loops of an outer loop", min = 1, max = 1_000_000)
        int inner,

        @Setting(value = "Epochs of training on all real images before the first inner loop", min = 0, max = 10_000)
        int warmUp,

        @Setting(value = "Real images the network is trained on in an inner loop", min = 0, max = 10_000_000)
        int nData,

        @Setting(value = "Batch size of that training", min = 1, max = 65_536)
        int batchTrain) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public LoopConfig {
        Settings.check(LoopConfig.class, outer, inner, warmUp, nData, batchTrain);
    }

    /**
     * Returns the inner loops of the whole run.
     *
     * @return outer · inner
     */
    public long steps() {
        return (long) outer * inner;
    }
}
