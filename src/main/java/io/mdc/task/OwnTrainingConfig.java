package io.mdc.task;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import java.util.OptionalInt;

/**
 * Training of θ on the synthetic images themselves, between two steps of theirs, by plain gradient descent.
 *
 * @param epochsOwn how long; empty for the published choice
 * @param batchOwn training images of a batch
 * @param lrOwn learning rate
 */
public record OwnTrainingConfig(
        @Setting(
                value = "Epochs that the network is trained on the condensed images between two of their steps; auto is"
                        + " the published number for the images per class",
                min = 1,
                max = 10_000)
        OptionalInt epochsOwn,

        @Setting(value = "Batch size of that training, at most all", min = 1, max = 65_536)
        int batchOwn,

        @Setting(value = "Learning rate of that training", min = 0, max = 100)
        double lrOwn) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public OwnTrainingConfig {
        Settings.check(OwnTrainingConfig.class, epochsOwn, batchOwn, lrOwn);
    }

    /** Epochs for {@code ipc} images per class: unless set, those of the next smaller set that was published. */
    public int epochs(int ipc) {
        return epochsOwn.orElse(ipc < 10 ? 1 : ipc < 20 ? 50 : ipc < 50 ? 35 - ipc / 10 * 5 : 10);
    }
}
