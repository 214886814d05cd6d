package io.mdc.order;

import io.mdc.augment.Augmentations;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;

/**
 * How the images of a finished set are ordered: the training of networks on all of them, and what counts of it.
 *
 * @param epochsOrder epochs of the training for LBPE
 * @param epochsLbpe the epochs among them that the score is the sum over
 * @param epochsEl2n epochs of the training for EL2N, which is the mean over them
 * @param networksOrder networks, each with weights and batches of its own, whose scores are averaged
 * @param lrOrder learning rate, the same in all epochs
 * @param batchOrder batch size
 * @param augmentOrder augmentation, a draw for every image
 * @param cutmixOrder probability that a batch is mixed by CutMix
 * @param seedOrder seed of all random choices
 */
public record OrderConfig(
        @Setting(value = "Epochs that networks are trained for to order by LBPE", min = 1, max = 1_000_000)
        int epochsOrder,

        @Setting(
                value = "Epochs of highest training accuracy among them that LBPE is the sum over",
                min = 1,
                max = 1_000_000)
        int epochsLbpe,

        @Setting(
                value = "First epochs that EL2N is the mean over; networks are trained no longer",
                min = 1,
                max = 1_000_000)
        int epochsEl2n,

        @Setting(value = "Networks whose scores are averaged", min = 1, max = 1_000)
        int networksOrder,

        @Setting(value = "Learning rate of their training", min = 0, max = 100)
        double lrOrder,

        @Setting(value = "Batch size of their training", min = 1, max = 65_536)
        int batchOrder,

        @Setting("Augmentation in their training") Augmentations augmentOrder,

        @Setting(value = "Probability of CutMix for a batch in their training", min = 0, max = 1)
        double cutmixOrder,

        @Setting("Seed of all random choices when ordering") long seedOrder) {
    /**
     * Checks the values.
     *
     * @throws io.mdc.setting.ConfigException if one is out of range
     */
    public OrderConfig {
        Settings.check(
                OrderConfig.class,
                epochsOrder,
                epochsLbpe,
                epochsEl2n,
                networksOrder,
                lrOrder,
                batchOrder,
                augmentOrder,
                cutmixOrder,
                seedOrder);
    }
}
