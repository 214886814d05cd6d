package io.mdc.condense;

import io.mdc.engine.step.ParameterSet;

/** Chooses the real images of a matching step; the same place gives the same images, also after a resume. */
public interface RealSampler {

    /**
     * Numbers of the images in the training set; as many in every step.
     *
     * @param theta the network as it is at that place, read only
     */
    int[] batch(Place place, int label, ParameterSet theta);
}
