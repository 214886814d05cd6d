package io.mdc.objective;

import io.mdc.matching.GradientDistance;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/** Measures gradients of weights {@code [in, out]} as {@code [out, in]}, so that a row is all weights of one output. */
final class ByOutput {
    private final Backend backend;
    private final Tensor own;
    private final Tensor real;
    private final Tensor derivative;

    /** Room for weights of shape {@code [in, out]}. */
    ByOutput(Backend backend, int[] shape) {
        this.backend = backend;
        own = backend.zeros(shape[1], shape[0]);
        real = backend.zeros(shape[1], shape[0]);
        derivative = backend.zeros(shape[1], shape[0]);
    }

    /** See {@link GradientDistance#measure}. */
    double measure(GradientDistance distance, Tensor synthetic, Tensor ofReal, Tensor slope) {
        backend.matrices().transpose(synthetic, own);
        backend.matrices().transpose(ofReal, real);
        double found = distance.measure(backend, own, real, derivative);
        backend.matrices().transpose(derivative, slope);
        return found;
    }
}
