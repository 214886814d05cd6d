package io.mdc.task;

import io.mdc.setting.Share;
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
    public boolean holds(int label) {
        return share.holds(label);
    }
}
