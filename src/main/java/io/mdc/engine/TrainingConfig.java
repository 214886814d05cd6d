package io.mdc.engine;

import io.mdc.augment.Augmentations;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;

/**
 * Training of networks by stochastic gradient descent, when condensing and, but for the augmentation, when evaluating.
 *
 * @param netLr learning rate
 * @param netMomentum momentum
 * @param netDecay weight decay
 * @param augmentTrain augmentation of real images when condensing, a draw for every image
 * @param cutmixTrain probability that a batch of them is mixed by CutMix
 */
public record TrainingConfig(
        @Setting(value = "Learning rate of networks", min = 0, max = 100)
        double netLr,

        @Setting(value = "Momentum of networks", min = 0, max = 0.999)
        double netMomentum,

        @Setting(value = "Weight decay of networks", min = 0, max = 1)
        double netDecay,

        @Setting("Augmentation of the images networks are trained on")
        Augmentations augmentTrain,

        @Setting(value = "Probability of CutMix for a batch of them", min = 0, max = 1)
        double cutmixTrain) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public TrainingConfig {
        Settings.check(TrainingConfig.class, netLr, netMomentum, netDecay, augmentTrain, cutmixTrain);
    }
}
