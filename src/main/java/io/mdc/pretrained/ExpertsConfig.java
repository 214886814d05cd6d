package io.mdc.pretrained;

import io.mdc.augment.Augmentations;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import java.util.OptionalInt;

/**
 * Networks trained on the real images by plain gradient descent, whose trajectories are matched.
 *
 * @param experts how many
 * @param epochsExpert epochs of their training; empty for as many as are matched
 * @param batchExpert batch size
 * @param lrExpert learning rate
 * @param augmentExpert augmentation, a draw for every image
 * @param seedExpert seed of all their random choices
 */
public record ExpertsConfig(
        @Setting(
                value = "Networks trained on the real images, one of which mtt matches in a step",
                min = 1,
                max = 100_000)
        int experts,

        @Setting(
                value = "Epochs of their training, after each of which parameters are kept; auto is as many as are"
                        + " matched",
                min = 1,
                max = 100_000)
        OptionalInt epochsExpert,

        @Setting(value = "Batch size of their training", min = 1, max = 65_536)
        int batchExpert,

        @Setting(value = "Learning rate of their training", min = 0, max = 100)
        double lrExpert,

        @Setting("Augmentation in their training") Augmentations augmentExpert,

        @Setting("Seed of all random choices in their training; experts are shared by runs of any seed")
        long seedExpert) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public ExpertsConfig {
        Settings.check(ExpertsConfig.class, experts, epochsExpert, batchExpert, lrExpert, augmentExpert, seedExpert);
    }
}
