package io.mdc.objective;

import io.mdc.tensor.Tensor;

/**
 * The minibatches that a student is trained on, made when they are asked for, so that they need not be kept: each is
 * asked for twice, first in order, then from the last to the first.
 */
public interface StudentSteps {

    /** The number of steps, at least 1. */
    int count();

    /**
     * The minibatch of a step, the same whenever it is asked for; its arrays may be overwritten by the next call.
     *
     * @param step from 0
     */
    LabelledImages batch(int step);

    /**
     * Takes the gradient of the loss with respect to the images of the minibatch that was asked for last.
     *
     * @param gradient {@code [n, C, H, W]}, which may be changed
     */
    void gradient(int step, Tensor gradient);
}
