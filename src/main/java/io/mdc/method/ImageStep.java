package io.mdc.method;

import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A step of the synthetic images (Algorithm 1, lines 6 to 9), in parts: a class each, unless a method moves all images
 * at once. Parts do not depend on each other.
 */
public interface ImageStep {

    /** The number of parts, at least 1. */
    int parts();

    /**
     * Updates the images of some parts.
     *
     * @param theta the network, read only
     * @param subsets which prefixes have a loss of their own or are frozen
     * @param parts from 0, ascending, not more than {@link CondenseTask#classesAtOnce}
     * @return what came of each
     */
    List<Moved> run(ParameterSet theta, Subsets subsets, Place place, List<Integer> parts);

    /** What it has learned beside the images, as doubles; empty if that is nothing. */
    default Optional<NumpyArray> learned() {
        return Optional.empty();
    }

    /**
     * Goes on with what was {@link #learned}.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    default void relearn(NumpyArray learned) {
        throw new IllegalArgumentException("something was learned by another method");
    }

    /** The learning rate of networks among what is learned, if one is. */
    default OptionalDouble learnedRate() {
        return OptionalDouble.empty();
    }

    /** See {@link RealSampler#chosen}. */
    default Optional<NumpyArray> chosen() {
        return Optional.empty();
    }

    /** See {@link RealSampler#restore}. */
    default void restore(NumpyArray chosen) {
        throw new IllegalArgumentException("real images are chosen by another method");
    }
}
