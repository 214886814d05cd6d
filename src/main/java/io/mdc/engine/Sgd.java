package io.mdc.engine;

import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;

/**
 * Stochastic gradient descent with momentum and weight decay, as PyTorch's: {@code u = m u + g + λ x; x −= η u}.
 *
 * @param momentum m, from 0 (inclusive) to 1 (exclusive)
 * @param decay λ, at least 0
 */
public record Sgd(double momentum, double decay) {

    /** Validates the factors. */
    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum " + momentum + ": must be from 0 to below 1");
        }
        if (!(decay >= 0)) {
            throw new IllegalArgumentException("weight decay " + decay + ": must be at least 0");
        }
    }

    /** One step with learning rate {@code rate}; x and velocity are overwritten. */
    public void step(VectorOps vectors, Tensor x, Tensor gradient, Tensor velocity, double rate) {
        vectors.momentumStep(x, gradient, velocity, rate, momentum, decay);
    }
}
