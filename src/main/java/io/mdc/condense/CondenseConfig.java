package io.mdc.condense;

import io.mdc.engine.TrainingConfig;
import io.mdc.matching.MatchingConfig;
import io.mdc.subset.SubsetConfig;
import io.mdc.synthetic.SyntheticConfig;

/**
 * All settings that shape the images of a condensation, besides the data set and the network.
 *
 * @param synthetic images to make
 * @param loop how long to condense
 * @param matching one matching step
 * @param method base method and subset loss
 * @param subset loss on prefixes
 * @param training training of the network
 * @param seed of all random choices
 */
public record CondenseConfig(
        SyntheticConfig synthetic,
        LoopConfig loop,
        MatchingConfig matching,
        MethodConfig method,
        SubsetConfig subset,
        TrainingConfig training,
        long seed) {

    /** The loss on prefixes; none if there is one image per class. */
    public SubsetLoss subsetLoss() {
        return synthetic.ipc() > 1 ? method.subsetLoss() : SubsetLoss.NONE;
    }

    /** The same settings with another subset loss. */
    CondenseConfig with(SubsetLoss subsetLoss) {
        return new CondenseConfig(
                synthetic, loop, matching, new MethodConfig(method.method(), subsetLoss), subset, training, seed);
    }
}
