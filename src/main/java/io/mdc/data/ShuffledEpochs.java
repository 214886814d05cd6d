package io.mdc.data;

import io.mdc.base.Seeds;

/**
 * An endless sequence of shuffled epochs over some items, addressed by position.
 *
 * <p>Stateless but for a cache of the last epoch's order, which never shows; safe for concurrent use.
 */
final class ShuffledEpochs {
    private final int[] items;
    private final long seed;
    private final String purpose;
    private final long group;
    private volatile Epoch last;

    private static final class Epoch {
        final long number;
        final int[] order;

        Epoch(long number, int[] order) {
            this.number = number;
            this.order = order;
        }
    }

    /**
     * Creates the sequence.
     *
     * @param items what to draw from, at least one; not written to
     * @param seed the seed of the run
     * @param purpose keeps sequences for different uses apart
     * @param group keeps sequences of different groups, such as classes, apart
     */
    ShuffledEpochs(int[] items, long seed, String purpose, long group) {
        if (items.length == 0) {
            throw new IllegalArgumentException("a sampler needs at least one image");
        }
        this.items = items;
        this.seed = seed;
        this.purpose = purpose;
        this.group = group;
        this.last = epoch(0);
    }

    int[] batch(long position, int count) {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "a batch needs a position and a count >= 0, got " + position + " and " + count);
        }
        int[] batch = new int[count];
        for (int done = 0; done < count; ) {
            int within = (int) ((position + done) % items.length);
            int run = Math.min(count - done, items.length - within);
            int[] order = order((position + done) / items.length);
            for (int i = 0; i < run; i++) {
                batch[done++] = items[order[within + i]];
            }
        }
        return batch;
    }

    private int[] order(long number) {
        Epoch epoch = last;
        if (epoch.number != number) {
            epoch = epoch(number);
            last = epoch;
        }
        return epoch.order;
    }

    private Epoch epoch(long number) {
        return new Epoch(number, Seeds.permutation(Seeds.generator(seed, purpose, group, number), items.length));
    }
}
