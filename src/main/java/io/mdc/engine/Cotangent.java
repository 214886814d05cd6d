package io.mdc.engine;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;

/**
 * A head whose cotangent is given: {@code ℓ = ⟨values, cotangent⟩}, which has no curvature.
 *
 * @param site where it sits
 * @param cotangent of as many elements as the values there, read only
 */
public record Cotangent(Site site, Tensor cotangent) implements Head {

    /** {@code out = cotangent}; the loss is not known here and counts as 0. */
    @Override
    public Numbers cotangent(Backend backend, Tensor values, Tensor out) {
        backend.vectors().copy(cotangent, out);
        return Numbers.of(0);
    }

    @Override
    public void tangent(Backend backend, Tensor valuesDot, Tensor out) {
        backend.vectors().fill(out, 0);
    }
}
