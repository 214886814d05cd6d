package io.mdc.matching;

import io.mdc.tensor.Backend;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Tensor;

/** {@code d(g, h) = Σ |g − h|}; its derivative is taken as 0 where g = h. */
final class AbsoluteError implements GradientDistance {
    @Override
    public double measure(Backend backend, Tensor synthetic, Tensor real, Tensor derivative) {
        backend.vectors().subtract(synthetic, real, derivative);
        double distance = backend.vectors().sumOfMagnitudes(derivative).first();
        backend.vectors().sign(derivative, derivative);
        return distance;
    }

    @Override
    public SetOps.Measure together() {
        return SetOps.Measure.MAGNITUDES;
    }
}
