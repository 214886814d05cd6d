package io.mdc.condense;

import io.mdc.base.DataException;
import io.mdc.coreset.ChoiceConfig;
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
 * @param method base method and subset loss
 * @param subset loss on prefixes
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
        MethodConfig method,
        SubsetConfig subset,
        AccuracyConfig accuracy,
        ChoiceConfig choice,
        PoolConfig pool,
        TrainingConfig training,
        OwnTrainingConfig own,
        ExpertsConfig experts,
        StudentConfig student,
        long seed) {

    /**
     * Decides on the first images where the settings leave it to the method.
     *
     * @throws ConfigException if there is a start index and they have none, as those of {@code dc}
     */
    public CondenseConfig {
        if (synthetic.init() == Init.AUTO) {
            synthetic = synthetic.with(method.method().base().init());
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
    public void requireEnough(ImageSet real) {
        long image = (long) real.channels() * real.height() * real.width();
        if (image * real.classes() * synthetic.ipc() > MOST_VALUES) {
            throw new ConfigException(
                    "ipc",
                    synthetic.ipc(),
                    "must be at most " + MOST_VALUES / image / real.classes() + " with " + real.classes()
                            + " classes of images " + real.channels() + "x" + real.height() + "x" + real.width()
                            + ", for a file takes 2 GiB at most");
        }
        Initialization.requireEnough(synthetic, real);
        if (synthetic.init().coreset().isPresent()) {
            choice.requireAtLeast(synthetic.decodedPerClass(), "--init " + TextForm.format(synthetic.init()));
        }
        method.method().base().requireEnough(this, real);
    }

    /** The loss on prefixes; none if there is one image per class. */
    public SubsetLoss subsetLoss() {
        return synthetic.ipc() > 1 ? method.subsetLoss() : SubsetLoss.NONE;
    }

    /** The same settings with another subset loss. */
    CondenseConfig with(SubsetLoss subsetLoss) {
        MethodConfig other = new MethodConfig(method.method(), subsetLoss);
        return new CondenseConfig(
                synthetic, network, loop, matching, other, subset, accuracy, choice, pool, training, own, experts,
                student, seed);
    }

    /** The same settings with other first images. */
    CondenseConfig with(Init init) {
        return new CondenseConfig(
                synthetic.with(init),
                network,
                loop,
                matching,
                method,
                subset,
                accuracy,
                choice,
                pool,
                training,
                own,
                experts,
                student,
                seed);
    }
}
