package io.mdc.engine;

import io.mdc.engine.step.Step;

/**
 * A step with the slots it reads and the slot it writes; slot 0 holds the images.
 *
 * @param inputs slots, never written to
 * @param adds for every input, whether a later step reads it too, so that gradients meet there; never written to
 * @param firstParameter number of its first parameter in the graph
 * @param firstStatistic number of its first running statistic in the graph
 */
record PlacedStep(Step step, int[] inputs, boolean[] adds, int output, int firstParameter, int firstStatistic) {
    /** Whether a parameter of the graph is one of its own. */
    boolean owns(int parameter) {
        return parameter >= firstParameter
                && parameter < firstParameter + step.parameters().size();
    }
}
