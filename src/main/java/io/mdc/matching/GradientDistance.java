package io.mdc.matching;

import io.mdc.tensor.Backend;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Tensor;

/** The distance between two gradients of one parameter; summed over the matched parameters it is D of paper Eq. 1. */
public interface GradientDistance {

    /**
     * The distance and its derivative.
     *
     * @param synthetic gradient on synthetic images, read only
     * @param real gradient on real images, read only
     * @param derivative overwritten with ∂ distance / ∂ synthetic
     * @return the distance, at least 0
     */
    double measure(Backend backend, Tensor synthetic, Tensor real, Tensor derivative);

    /** What compares many sets of gradients at once by the same distance, of the arrays that {@link #counts}. */
    SetOps.Measure together();

    /** Whether arrays of that many dimensions count; others are at distance 0. */
    default boolean counts(int dimensions) {
        return true;
    }

    /** Whether it looks at rows, so that these must be the weights of one output. */
    default boolean ofRows() {
        return false;
    }
}
