package io.mdc.pretrained;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * How a {@link Preparation} is made: who is told of it, and when it is saved or stopped.
 *
 * @param done told after every step how many were done
 * @param poor told of the first network that is kept, though its training diverged, in this run or an earlier one
 * @param notes told of what cannot be used, a line each
 * @param saveEvery after so long in a network's training its way to the next state is saved; not negative
 * @param stop asked after every step
 */
public record Making(
        LongConsumer done,
        Consumer<PoorNetwork> poor,
        Consumer<String> notes,
        Duration saveEvery,
        BooleanSupplier stop) {
    /** Checks the time. */
    public Making {
        if (saveEvery.isNegative()) {
            throw new IllegalArgumentException("saveEvery: " + saveEvery);
        }
    }
}
