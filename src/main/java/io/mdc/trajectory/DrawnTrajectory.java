package io.mdc.trajectory;

import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;

/** θ that is drawn anew for every inner loop, by its place alone, and never trained in a run. */
public final class DrawnTrajectory implements Trajectory {
    private static final NumpyArray NONE = NumpyArray.of(new float[0], 0);

    private final int innerLoops;
    private final ParameterSet weights;
    private final BiConsumer<Place, ParameterSet> draw;

    /** θ drawn by {@code draw}, which overwrites what it is given. */
    public DrawnTrajectory(CondenseTask task, BiConsumer<Place, ParameterSet> draw) {
        innerLoops = task.config().loop().inner();
        weights = task.runner().graph().newParameters();
        this.draw = draw;
    }

    @Override
    public ParameterSet weights() {
        return weights;
    }

    @Override
    public void begin(int outer) {
        draw.accept(new Place(outer, 1), weights);
    }

    /** Draws the next inner loop's, unless the next outer loop begins. */
    @Override
    public OptionalDouble advance(Place place) {
        if (place.inner() < innerLoops) {
            advanceOnce(place);
        }
        return OptionalDouble.empty();
    }

    @Override
    public void advanceOnce(Place place) {
        draw.accept(new Place(place.outer(), place.inner() + 1), weights);
    }

    @Override
    public int steps() {
        return 1;
    }

    @Override
    public State state() {
        float[] values = weights.flat().toFloats();
        return new State(NumpyArray.of(values, values.length), NONE);
    }

    @Override
    public void restore(State state) {
        weights.flat().set(state.weights().toFloats());
    }
}
