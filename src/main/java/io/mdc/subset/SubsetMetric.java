package io.mdc.subset;

import io.mdc.objective.Outcome;
import io.mdc.tensor.Numbers;

/** How far each prefix of a class's synthetic images is from its real images. */
public interface SubsetMetric {

    /** Whether the objective is to measure the distances of prefixes. */
    default boolean needsDistances() {
        return false;
    }

    /**
     * Measures all prefixes on the batches of one step.
     *
     * @param outcome of the step
     * @param prefixEnds for n = 1, 2, …: how many of the M synthetic images come from the first n stored images
     * @return a distance per prefix, at least 0; NaN for a prefix without images in this batch
     */
    Numbers measure(Outcome outcome, int[] prefixEnds);
}
