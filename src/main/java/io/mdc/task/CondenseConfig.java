package io.mdc.task;

import io.mdc.base.DataException;
import io.mdc.coreset.ChoiceConfig;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.engine.TrainingConfig;
import io.mdc.matching.MatchingConfig;
import io.mdc.network.NetworkConfig;
import io.mdc.pretrained.ExpertsConfig;
import io.mdc.pretrained.PoolConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import io.mdc.subset.SubsetConfig;
import io.mdc.synthetic.Init;
import io.mdc.synthetic.Initialization;
import io.mdc.synthetic.SyntheticConfig;

/**
 * All settings that shape the images of a condensation, besides the data set.
 *
 * @param synthetic images to make
 * @param network network to condense with
 * @param loop how long to condense
 * @param matching one matching step
 * @param subsetLoss loss on prefixes; none if there is one image per class
 * @param subset how it is chosen
 * @param accuracy networks of the metric accuracy
 * @param choice choice of real images
 * @param pool networks of the method dance
 * @param training training of the network
 * @param own training of the network on S itself
 * @param experts networks trained on real images beforehand
 * @param student networks trained on S from where one of them was
 * @param seed of all random choices
 */
public record CondenseConfig(
        SyntheticConfig synthetic,
        NetworkConfig network,
        LoopConfig loop,
        MatchingConfig matching,
        SubsetLoss subsetLoss,
        SubsetConfig subset,
        AccuracyConfig accuracy,
        ChoiceConfig choice,
        PoolConfig pool,
        TrainingConfig training,
        OwnTrainingConfig own,
        ExpertsConfig experts,
        StudentConfig student,
        long seed) {

    /** Leaves a single image per class without a loss on prefixes. */
    public CondenseConfig {
        if (synthetic.ipc() == 1) {
            subsetLoss = SubsetLoss.NONE;
        }
    }

    /** A file of condensed images has them as one array of floats. */
    private static final long MOST_VALUES = Integer.MAX_VALUE / Float.BYTES;

    /**
     * Checks that every class has the real images that are needed, and that a file can hold the condensed ones.
     *
     * @throws DataException if one has not
     * @throws ConfigException if settings leave too few to choose from, or there are too many condensed ones
     */
    public void requireImages(Dataset data) {
        ImageSet real = data.train();
        requireStorable(real.classes(), real.channels(), real.height(), real.width());
        matching.requireSomething();
        Initialization.requireEnough(synthetic, data);
        if (synthetic.init().coreset().isPresent()) {
            choice.requireAtLeast(synthetic.decodedPerClass(), "--init " + TextForm.format(synthetic.init()));
        }
    }

    /**
     * Checks that a file can hold the condensed images of such real ones.
     *
     * @throws ConfigException if there are too many
     */
    public void requireStorable(int classes, int channels, int height, int width) {
        long most = MOST_VALUES / ((long) channels * height * width) / classes;
        if (synthetic.ipc() > most) {
            throw new ConfigException(
                    "ipc",
                    synthetic.ipc(),
                    "must be at most " + most + " with " + classes + " classes of images " + channels + "x" + height
                            + "x" + width + ", for a file takes 2 GiB at most");
        }
    }

    /** Whether prefixes are measured for their loss, to choose one of them or to weight all. */
    public boolean measuresPrefixes() {
        return subsetLoss == SubsetLoss.ADAPTIVE
                || (subsetLoss == SubsetLoss.ALL && subset.subsetWeights().measured());
    }

    /** The same settings with another subset loss. */
    public CondenseConfig with(SubsetLoss other) {
        return with(synthetic, other);
    }

    /** The same settings with other first images. */
    public CondenseConfig with(Init init) {
        return with(synthetic.with(init), subsetLoss);
    }

    private CondenseConfig with(SyntheticConfig images, SubsetLoss loss) {
        return new CondenseConfig(
                images, network, loop, matching, loss, subset, accuracy, choice, pool, training, own, experts, student,
                seed);
    }
}
