package io.mdc.objective;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.step.ParameterSet;

/** Room for as many sets of parameters as are needed at once, kept for the most that were. */
final class SetsRoom {
    private final DifferentiableGraph graph;
    private ParameterSet most;

    SetsRoom(DifferentiableGraph graph) {
        this.graph = graph;
    }

    /** {@code count} sets of unspecified contents, valid until this is asked again. */
    ParameterSet of(int count) {
        if (most == null || most.count() < count) {
            most = graph.newParameters(count);
        }
        return most.sets(0, count);
    }
}
