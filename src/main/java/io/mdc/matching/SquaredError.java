package io.mdc.matching;

import io.mdc.tensor.Backend;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Tensor;

/** {@code d(g, h) = Σ (g − h)²}, "mse" in the paper's words though it is a sum. */
final class SquaredError implements GradientDistance {
    @Override
    public double measure(Backend backend, Tensor synthetic, Tensor real, Tensor derivative) {
        backend.vectors().subtract(synthetic, real, derivative);
        double distance = backend.vectors().sumOfSquares(derivative).first();
        backend.vectors().scale(2, derivative);
        return distance;
    }

    @Override
    public SetOps.Measure together() {
        return SetOps.Measure.SQUARES;
    }
}
