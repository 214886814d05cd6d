package io.mdc.pretrained;

import io.mdc.augment.Augmentations;
import io.mdc.base.Seeds;
import io.mdc.engine.Sgd;
import io.mdc.engine.TrainingConfig;
import io.mdc.setting.Settings;
import java.util.Map;
import java.util.TreeMap;

/**
 * How networks are trained on real images, and which of their states are kept.
 *
 * @param kind what they are for: the beginning of the folder's name
 * @param networks how many
 * @param states that are kept of each, besides the one it begins with
 * @param batches from one kept state to the next
 * @param batchSize images of a batch
 * @param rate learning rate
 * @param sgd momentum and decay; the velocity is 0 after every kept state, so that parameters are all there is to go on
 *     from
 * @param augmentation a draw for every image
 * @param cutMix probability of CutMix
 * @param seed of all random choices
 */
public record TrainingPlan(
        Kind kind,
        int networks,
        int states,
        long batches,
        int batchSize,
        double rate,
        Sgd sgd,
        Augmentations augmentation,
        double cutMix,
        long seed) {
    /** What networks are for. */
    public enum Kind {
        /** The trajectories that mtt matches. */
        EXPERTS("experts", Settings.key(ExpertsConfig.class, "lrExpert")),
        /** The networks that dance matches on. */
        POOL("pool", Settings.key(TrainingConfig.class, "netLr"));

        private final String text;
        private final String rateKey;

        Kind(String text, String rateKey) {
            this.text = text;
            this.rateKey = rateKey;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Seed of all random choices of a network. */
    long seedOf(int network) {
        return Seeds.derive(seed, kind.toString(), network);
    }

    /** The option of the learning rate, with its value. */
    String rateOption() {
        return "--" + kind.rateKey + " " + rate;
    }

    /** All that shapes a state, besides the numbers of network and state, the network's kind, and the data. */
    Map<String, String> madeBy() {
        Map<String, String> all = new TreeMap<>();
        all.put("batches", Long.toString(batches));
        all.put("batch-size", Integer.toString(batchSize));
        all.put("learning-rate", Double.toString(rate));
        all.put("sgd", sgd.toString());
        all.put("augmentation", augmentation.toString());
        all.put("cutmix", Double.toString(cutMix));
        all.put("seed", Long.toString(seed));
        return all;
    }
}
