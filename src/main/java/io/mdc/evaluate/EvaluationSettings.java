package io.mdc.evaluate;

import io.mdc.engine.Sgd;
import io.mdc.engine.TrainingConfig;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All settings that shape the accuracies of an evaluation, besides the data set and the condensed one.
 *
 * @param evaluation what is measured, and how long and on what networks are trained
 * @param network network condensed with, and widths
 * @param training learning rate, momentum and decay
 * @param seed of all random choices
 */
public record EvaluationSettings(
        EvaluationConfig evaluation, NetworkConfig network, TrainingConfig training, long seed) {
    /** The key of the seed. */
    static final String SEED = "seed";

    /** Settings that say which trials are made and what is kept of them, not how they come out. */
    private static final List<String> EXTENT =
            List.of("evaluate", "evaluateEvery", "sizes", "repeats", "networks", "saveModels");

    /** Settings of training when condensing. */
    private static final List<String> CONDENSING = List.of("augmentTrain", "cutmixTrain");

    /** The same settings with another evaluation. */
    public EvaluationSettings with(EvaluationConfig other) {
        return new EvaluationSettings(other, network, training, seed);
    }

    /** The same settings with another seed. */
    public EvaluationSettings withSeed(long other) {
        return new EvaluationSettings(evaluation, network, training, other);
    }

    /** The networks to train: those asked for, each once, or else the one condensed with. */
    public List<NetworkChoice> networks() {
        List<NetworkChoice> asked = evaluation.networks();
        return asked.isEmpty()
                ? List.of(network.network())
                : asked.stream().distinct().toList();
    }

    /** How networks are trained. */
    TrainingRecipe recipe() {
        return new TrainingRecipe(
                training.netLr(),
                new Sgd(training.netMomentum(), training.netDecay()),
                evaluation.augmentEval(),
                evaluation.cutmixEval(),
                evaluation.batchEval());
    }

    /** Text by key of the settings that shape the accuracies of a trial, and not only which trials are made. */
    public Map<String, String> shaping() {
        Map<String, String> shaping = new TreeMap<>(Settings.texts(evaluation));
        EXTENT.forEach(component -> shaping.remove(Settings.key(EvaluationConfig.class, component)));
        shaping.putAll(Settings.texts(network));
        shaping.putAll(Settings.texts(training));
        CONDENSING.forEach(component -> shaping.remove(Settings.key(TrainingConfig.class, component)));
        shaping.put(SEED, Long.toString(seed));
        return shaping;
    }
}
