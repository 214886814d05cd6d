package io.mdc.subset;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;

/**
 * The loss on prefixes: adaptive, on the most learnable subset, or on all.
 *
 * @param metric what tells a subset from the real images
 * @param selection how the most learnable subset is chosen from the metric
 * @param freezing which images rest after a selection
 * @param period outer loops between selections
 * @param classWise whether every class has its own subset, or weights of subsets
 * @param subsetWeights what the losses of all subsets count
 * @param subsetScale factor of all of them
 */
public record SubsetConfig(
        @Setting("What is measured between a subset and the real images")
        Metric metric,

        @Setting("Choice of the subset: the largest rate of change of the metric, or the largest metric")
        Selection selection,

        @Setting("Images that rest when the subset grows: its predecessor's, any retired one's, or none")
        Freezing freezing,

        @Setting(value = "Outer loops between selections", min = 1, max = 1_000_000)
        int period,

        @Setting("Choose a subset for every class on its own")
        boolean classWise,

        @Setting("Weights of the losses with --subset all, which sum to 1: all alike, in proportion to 1/n, or to the"
                + " metric's rate of change")
        SubsetWeights subsetWeights,

        @Setting(value = "Factor of the loss on prefixes, adaptive or on all", min = 0, max = 10_000)
        double subsetScale) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public SubsetConfig {
        Settings.check(SubsetConfig.class, metric, selection, freezing, period, classWise, subsetWeights, subsetScale);
    }
}
