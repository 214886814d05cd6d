package io.mdc.condense;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Share;
import io.mdc.subset.Metric;
import java.util.Locale;
import java.util.Optional;

/**
 * The classes that a process condenses, where several do one set's: all train the same θ, and each moves the images of
 * its own classes alone, as a step of a class looks at no other.
 *
 * @param share of the classes
 * @param exchange with the other processes; empty if there are none
 */
public record ClassShard(Share share, Optional<Exchange> exchange) {
    /** All classes. */
    public static final ClassShard WHOLE = new ClassShard(Share.ALL, Optional.empty());

    /** Whether a class is of this shard. */
    boolean holds(int label) {
        return share.holds(label);
    }

    private static boolean measures(CondenseConfig config) {
        return config.subsetLoss() == SubsetLoss.ADAPTIVE
                || (config.subsetLoss() == SubsetLoss.ALL
                        && config.subset().subsetWeights().measured());
    }

    /**
     * Makes sure that a set can be condensed in shards.
     *
     * @param classes of the data set
     * @throws ConfigException if its classes are not apart, or are fewer than shards
     */
    public static void require(CondenseConfig config, Share share, int classes) {
        String given = "--class-shard " + share + ": ";
        BaseMethod base = config.method().method().base();
        if (!(base instanceof ClassMethod) || base.thetaOf().isEmpty()) {
            throw new ConfigException(given + "--method "
                    + config.method().method().name().toLowerCase(Locale.ROOT) + " trains its networks on the images"
                    + " of all classes, which no shard has; leave it out");
        } else if (measures(config) && config.subset().metric() == Metric.ACCURACY) {
            throw new ConfigException(given + "--metric accuracy trains networks on the images of all classes, which no"
                    + " shard has; choose another metric");
        } else if (share.of() > classes) {
            throw new ConfigException(
                    given + "there are only " + classes + " classes to share; ask for at most as many shards");
        }
    }
}
