package io.mdc.trajectory;

import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.task.Place;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * θ through outer and inner loops: drawn anew for every outer loop, trained in every inner one (Algorithm 1, lines 4
 * and 10). One trajectory can drive several condensations if it does not depend on their images.
 */
public interface Trajectory {

    /**
     * All that a trajectory needs to go on.
     *
     * @param weights of the network, flat
     * @param velocity of the weights, flat
     */
    record State(NumpyArray weights, NumpyArray velocity) {}

    /** θ as it is now; shared, read only. */
    ParameterSet weights();

    /** Draws new weights for outer loop {@code outer}. */
    void begin(int outer);

    /** Batches of the warm-up that {@link #warmUp} trains each new network for; 0, as there is none. */
    default long warmUpBatches() {
        return 0;
    }

    /**
     * Trains the new network of outer loop {@code outer} before its first inner loop.
     *
     * @param done told after every batch how many were done
     * @param stop asked after every batch
     * @return false if {@code stop} said so
     */
    default boolean warmUp(int outer, LongConsumer done, BooleanSupplier stop) {
        return true;
    }

    /** Trains θ at the end of an inner loop and returns the mean cross-entropy; empty if it was not trained. */
    OptionalDouble advance(Place place);

    /** The first training step of {@link #advance}, for measurements of speed. */
    void advanceOnce(Place place);

    /** Training steps of {@link #advance}. */
    int steps();

    /** Training steps of an outer loop of so many inner loops, its warm-up apart. */
    default long steps(int innerLoops) {
        return (long) innerLoops * steps();
    }

    /** Everything a checkpoint needs; a copy. */
    State state();

    /**
     * Goes on from a state.
     *
     * @throws IllegalArgumentException if its arrays do not fit
     */
    void restore(State state);
}
