package io.mdc.pretrained;

import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import java.util.Arrays;
import java.util.List;

/**
 * How far the training of a network has come from one kept state to the next.
 *
 * @param state the next
 * @param batches that were trained on
 * @param loss sum of theirs
 * @param parameters of the network, as floats
 * @param velocity of the parameters, as floats
 */
record Way(int state, long batches, double loss, NumpyArray parameters, NumpyArray velocity) {

    /** The way of a training that is here; copies. */
    static Way at(int state, long batches, double loss, ParameterSet parameters, ParameterSet velocity) {
        return new Way(state, batches, loss, copy(parameters), copy(velocity));
    }

    private static NumpyArray copy(ParameterSet set) {
        float[] values = set.flat().toFloats();
        return NumpyArray.of(values, values.length);
    }

    /**
     * Makes sure that it is of a network with so many parameters.
     *
     * @throws IllegalArgumentException if it is not
     */
    void requireOf(long count) {
        for (NumpyArray array : List.of(parameters, velocity)) {
            if (array.shape().length != 1 || array.shape()[0] != count) {
                throw new IllegalArgumentException(
                        "arrays of " + Arrays.toString(array.shape()) + " for " + count + " parameters");
            }
        }
    }

    /** Has a training go on from here. */
    void into(ParameterSet parametersOf, ParameterSet velocityOf) {
        parametersOf.flat().set(parameters.toFloats());
        velocityOf.flat().set(velocity.toFloats());
    }
}
