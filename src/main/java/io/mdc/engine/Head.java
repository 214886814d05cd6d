package io.mdc.engine;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;

/**
 * What a backward pass starts from: a function ℓ of the values at a {@link Site} of one chunk of samples.
 *
 * <p>{@link #cotangent} comes before {@link #tangent}; what one keeps for the other is the head's own, so that a head
 * serves one chunk at a time.
 */
public interface Head {

    /**
     * Softmax cross-entropy of the logits, summed over the samples.
     *
     * @param targets {@code [n, classes]}, rows summing to 1, read only
     * @param weight factor of every sample
     * @param probabilities {@code [n, classes]}, overwritten with the softmax
     */
    static Head crossEntropy(Tensor targets, double weight, Tensor probabilities) {
        return new CrossEntropy(targets, weight, probabilities);
    }

    /** Where it sits. */
    Site site();

    /**
     * {@code out = ∂ℓ/∂values}.
     *
     * @param values at the site, {@code [n, …]}, read only
     * @param out of the same shape, overwritten
     * @return the samples' summed loss, for the record; of a head of several groups, that of each
     */
    Numbers cotangent(Backend backend, Tensor values, Tensor out);

    /**
     * The derivative of {@link #cotangent} when the values move: {@code out = ∂²ℓ/∂values² · valuesDot}.
     *
     * @param valuesDot {@code [n, …]}, read only
     * @param out of the same shape, overwritten
     */
    void tangent(Backend backend, Tensor valuesDot, Tensor out);
}
