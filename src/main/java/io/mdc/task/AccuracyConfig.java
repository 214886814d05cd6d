package io.mdc.task;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;

/**
 * The small networks that the metric accuracy trains on every prefix, from scratch, at every selection.
 *
 * @param accuracyWidth their channels
 * @param accuracyEpochs passes over the prefix they are trained for
 * @param accuracyImages real training images they are measured on
 */
public record AccuracyConfig(
        @Setting(
                value = "Channels of the networks that --metric accuracy trains on each prefix; otherwise they are as"
                        + " the one condensed with, from a file just that one",
                min = 1,
                max = 1024)
        int accuracyWidth,

        @Setting(value = "Epochs of their training", min = 1, max = 1_000_000)
        int accuracyEpochs,

        @Setting(
                value = "Real training images they are measured on, as many of each class, drawn at random",
                min = 1,
                max = 10_000_000)
        int accuracyImages) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public AccuracyConfig {
        Settings.check(AccuracyConfig.class, accuracyWidth, accuracyEpochs, accuracyImages);
    }
}
