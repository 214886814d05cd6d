package io.mdc.trajectory;

import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import java.util.OptionalDouble;

/** The trajectory of methods whose steps bring networks of their own: θ is zero and stays so. */
public final class NoTrajectory implements Trajectory {
    private final ParameterSet weights;

    /** θ of a task. */
    public NoTrajectory(CondenseTask task) {
        weights = task.runner().graph().newParameters();
    }

    @Override
    public ParameterSet weights() {
        return weights;
    }

    @Override
    public void begin(int outer) {
        // there is nothing to draw
    }

    @Override
    public OptionalDouble advance(Place place) {
        return OptionalDouble.empty();
    }

    @Override
    public void advanceOnce(Place place) {
        // there is nothing to train
    }

    @Override
    public int steps() {
        return 0;
    }

    @Override
    public State state() {
        return new State(NumpyArray.of(new float[0], 0), NumpyArray.of(new float[0], 0));
    }

    @Override
    public void restore(State state) {
        if (state.weights().length() != 0) {
            throw new IllegalArgumentException("weights of a network where the method has none");
        }
    }
}
