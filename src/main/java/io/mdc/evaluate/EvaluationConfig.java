package io.mdc.evaluate;

import io.mdc.augment.Augmentations;
import io.mdc.network.NetworkChoice;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import java.util.List;

/**
 * How the prefixes of a condensed set are measured.
 *
 * @param evaluate whether condensing ends with an evaluation
 * @param evaluateEvery outer loops after which they are measured while condensing, again and again; 0 for never
 * @param sizes sizes of the prefixes
 * @param networks architectures or files; none stands for the network condensed with
 * @param saveModels whether the trained networks are kept as files
 * @param epochs passes over the prefix a network is trained for
 * @param repeats networks trained for each size
 * @param batchEval batch size
 * @param augmentEval augmentation, a draw for every image
 * @param cutmixEval probability that a batch is mixed by CutMix
 */
public record EvaluationConfig(
        @Setting(value = "Evaluate the prefixes as soon as the set is condensed", settledByRun = true)
        boolean evaluate,

        @Setting(
                value =
                        "Outer loops after which the prefixes are evaluated during the run, again and again; 0 for never",
                min = 0,
                max = 1_000_000,
                settledByRun = true)
        int evaluateEvery,

        @Setting(value = "Sizes to evaluate, in images per class", allowed = "all, or sizes and ranges like 1-3,5,10")
        Sizes sizes,

        @Setting(
                value = "Networks to train on each size",
                allowed = "a list of what --network allows; empty for the network condensed with")
        List<NetworkChoice> networks,

        @Setting("Keep the trained networks as DL4J model files")
        boolean saveModels,

        @Setting(value = "Epochs of a network's training", allowed = Epochs.ALLOWED)
        Epochs epochs,

        @Setting(value = "Networks trained for each size", min = 1, max = 1_000)
        int repeats,

        @Setting(value = "Batch size when evaluating", min = 1, max = 65_536)
        int batchEval,

        @Setting("Augmentation when evaluating") Augmentations augmentEval,

        @Setting(value = "Probability of CutMix for a batch when evaluating", min = 0, max = 1)
        double cutmixEval) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public EvaluationConfig {
        Settings.check(
                EvaluationConfig.class,
                evaluate,
                evaluateEvery,
                sizes,
                networks,
                saveModels,
                epochs,
                repeats,
                batchEval,
                augmentEval,
                cutmixEval);
        networks = List.copyOf(networks);
    }

    /** The same evaluation of other sizes, with so many networks trained for each. */
    public EvaluationConfig of(Sizes others, int trained) {
        return with(others, networks, epochs, trained, augmentEval, cutmixEval);
    }

    /** The same evaluation, with networks trained for so many epochs whatever the size. */
    public EvaluationConfig trainedFor(int passes) {
        return with(sizes, networks, Epochs.parse(Integer.toString(passes)), repeats, augmentEval, cutmixEval);
    }

    /** The same evaluation, with networks trained on images as they are: neither augmented nor mixed. */
    public EvaluationConfig plain() {
        return with(sizes, networks, epochs, repeats, Augmentations.NONE, 0);
    }

    /** The same evaluation, files of networks named by absolute paths. */
    public EvaluationConfig absolute() {
        List<NetworkChoice> named =
                networks.stream().map(NetworkChoice::absolute).toList();
        return with(sizes, named, epochs, repeats, augmentEval, cutmixEval);
    }

    private EvaluationConfig with(
            Sizes ofSizes,
            List<NetworkChoice> ofNetworks,
            Epochs passes,
            int trained,
            Augmentations augmentation,
            double cutmix) {
        return new EvaluationConfig(
                evaluate,
                evaluateEvery,
                ofSizes,
                ofNetworks,
                saveModels,
                passes,
                trained,
                batchEval,
                augmentation,
                cutmix);
    }
}
