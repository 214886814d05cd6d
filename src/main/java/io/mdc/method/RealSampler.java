package io.mdc.method;

import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.task.Place;
import java.util.Optional;

/** Chooses the real images of a matching step; the same place gives the same images, also after a resume. */
public interface RealSampler {

    /**
     * Numbers of the images in the training set; as many in every step.
     *
     * @param theta the network as it is at that place, read only
     */
    int[] batch(Place place, int label, ParameterSet theta);

    /**
     * Numbers of the real images that were chosen for steps to come, {@code [classes, n]}; empty if none were, or each
     * batch follows from its place alone.
     */
    default Optional<NumpyArray> chosen() {
        return Optional.empty();
    }

    /**
     * Goes on with real images that were chosen.
     *
     * @throws IllegalArgumentException if they are none of the classes', or of another number
     */
    default void restore(NumpyArray chosen) {
        throw new IllegalArgumentException("real images are chosen by another method");
    }
}
