package io.mdc.task;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** How processes that condense different classes of one set tell each other what they measured of prefixes. */
public interface Exchange {
    /**
     * Tells the others.
     *
     * @param place in the loops
     * @param label the class, one of this process
     * @param measurement of the prefixes of 1, 2, …, N − 1 stored images
     */
    void tell(Place place, int label, double[] measurement);

    /**
     * What all processes measured in an outer loop; waits for those that are not so far.
     *
     * @param outer the outer loop, from 1
     * @param stop asked now and then
     * @return a measurement for every inner loop and class; empty if stopped, or if others are too late
     */
    Optional<double[][][]> all(int outer, BooleanSupplier stop);
}
