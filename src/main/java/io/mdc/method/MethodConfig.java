package io.mdc.method;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import io.mdc.task.SubsetLoss;

/**
 * What is minimised.
 *
 * @param method condensation method
 * @param subset loss on prefixes
 */
public record MethodConfig(
        @Setting("Condensation method") Method method,

        @Setting(
                "Loss on prefixes: that on the most learnable subset, on all, or none; auto is what the method is known for")
        SubsetLoss subset) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is missing
     */
    public MethodConfig {
        Settings.check(MethodConfig.class, method, subset);
    }

    /** The loss on prefixes; never {@link SubsetLoss#AUTO}. */
    public SubsetLoss subsetLoss() {
        return subset == SubsetLoss.AUTO ? method.subset() : subset;
    }

    /** Whether there is an adaptive subset loss. */
    public boolean adaptive() {
        return subsetLoss() == SubsetLoss.ADAPTIVE;
    }
}
