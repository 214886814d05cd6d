package io.mdc.matching;

import io.mdc.augment.Augmentations;
import io.mdc.engine.step.ParameterKind;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * One matching step of a class: its batches, the distance between their gradients, and the step of the images.
 *
 * @param batchReal real images of a step
 * @param batchSynMax most decoded synthetic images of a step; empty for the paper's choice
 * @param lrImg learning rate of the images at 10 images per class and the base size
 * @param lrImgScale what it is multiplied by for others
 * @param pixels in what values of pixels the images move
 * @param momentumImg momentum of the images
 * @param distance distance between gradients
 * @param match parameters whose gradients are matched
 * @param augmentMatch augmentation of both batches, one draw for the whole batch
 * @param crossEntropy weight of the images' cross-entropy under trained networks
 */
public record MatchingConfig(
        @Setting(value = "Real images of a matching step", min = 1, max = 65_536)
        int batchReal,

        @Setting(
                value = "Most synthetic images of a matching step, counted after cutting into tiles",
                min = 1,
                max = 65_536)
        OptionalInt batchSynMax,

        @Setting(value = "Learning rate of the images, for 10 per class of 32x32 pixels", min = 0, max = 1_000)
        double lrImg,

        @Setting(
                "What that rate is multiplied by: size is images per class / 10 and pixels / those of 32x32 (224x224 for"
                        + " large images), none leaves it as it is")
        RateScale lrImgScale,

        @Setting(
                "Values of pixels in which images move: those that are stored, limited to 0 to 1 in every outer loop, or"
                        + " normalised ones without limits")
        PixelSpace pixels,

        @Setting(value = "Momentum of the images", min = 0, max = 0.999)
        double momentumImg,

        @Setting("Distance between gradients") Distance distance,

        @Setting("Parameters whose gradients are matched") List<ParameterKind> match,

        @Setting("Augmentation of both batches of a matching step")
        Augmentations augmentMatch,

        @Setting(
                value =
                        "Weight of the cross-entropy of the images under a trained network, on which --method dance takes"
                                + " a step after each matching step; 0 for none",
                min = 0,
                max = 1_000)
        double crossEntropy) {
    private static final int SMALL_BASE = 32;
    private static final int LARGE_BASE = 224;
    private static final int LARGE = 128;

    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range, or nothing is matched
     */
    public MatchingConfig {
        Settings.check(
                MatchingConfig.class,
                batchReal,
                batchSynMax,
                lrImg,
                lrImgScale,
                pixels,
                momentumImg,
                distance,
                match,
                augmentMatch,
                crossEntropy);
        match = List.copyOf(match);
        if (match.isEmpty()) {
            throw new ConfigException(
                    "match", "", "must name at least one of " + String.join(", ", TextForm.names(ParameterKind.class)));
        }
    }

    /**
     * Makes sure that the distance looks at something of what is matched.
     *
     * @throws ConfigException if not
     */
    public void requireSomething() {
        if (distance == Distance.WEIGHT_COSINE && Collections.disjoint(match, WeightCosine.LOOKED_AT)) {
            throw new ConfigException(
                    "match",
                    TextForm.format(match),
                    "must name conv or classifier, as --distance weight-cosine does not look at biases and scales");
        }
    }

    /**
     * Returns the most decoded synthetic images of a step; unless set, 128 for fewer than 32 images per class and 256
     * from there on (the paper's Sec. 4.1).
     *
     * @param ipc stored images per class
     * @return number of images
     */
    public int batchSynMax(int ipc) {
        return batchSynMax.orElse(ipc < 32 ? 128 : 256);
    }

    /**
     * Returns the learning rate of the images of a run, {@code lr-img · (ipc/10) · (size/base)²}, where the base is 224
     * for images of at least 128 pixels and 32 for smaller ones; with {@link RateScale#NONE} just {@code lr-img}.
     *
     * @param ipc stored images per class
     * @param size height and width of the images in pixels
     * @return learning rate per pixel value in [0, 1]
     */
    public double imageLearningRate(int ipc, int size) {
        if (lrImgScale == RateScale.NONE) {
            return lrImg;
        }
        double scale = (double) size / (size < LARGE ? SMALL_BASE : LARGE_BASE);
        return lrImg * (ipc / 10.0) * scale * scale;
    }
}
