package io.mdc.matching;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/** The distances of the protocol. */
public enum GradientDistances implements GradientDistance {
    /** {@code Σ (g − h)²}. */
    MSE {
        @Override
        public double measure(Backend backend, Tensor synthetic, Tensor real, Tensor derivative) {
            backend.vectors().subtract(synthetic, real, derivative);
            double distance = backend.vectors().sumOfSquares(derivative);
            backend.vectors().scale(2, derivative);
            return distance;
        }
    },

    /** {@code Σ |g − h|}; its derivative is taken as 0 where g = h. */
    L1 {
        @Override
        public double measure(Backend backend, Tensor synthetic, Tensor real, Tensor derivative) {
            backend.vectors().subtract(synthetic, real, derivative);
            double distance = backend.vectors().sumOfMagnitudes(derivative);
            backend.vectors().sign(derivative, derivative);
            return distance;
        }
    },

    /**
     * {@code Σ_rows 1 − g·h / (‖g‖‖h‖ + 10⁻⁶)}, a row being the weights of one output channel.
     *
     * <p>Per row, with {@code m = ‖g‖‖h‖ + 10⁻⁶}: {@code ∂/∂g = −h/m + (g·h)‖h‖/(‖g‖ m²) g}.
     */
    COSINE {
        @Override
        public double measure(Backend backend, Tensor synthetic, Tensor real, Tensor derivative) {
            double[] dots = backend.matrices().rowDots(synthetic, real);
            double[] ownSquares = backend.matrices().rowDots(synthetic, synthetic);
            double[] realSquares = backend.matrices().rowDots(real, real);
            double[] own = new double[dots.length];
            double[] other = new double[dots.length];
            double distance = 0;
            for (int row = 0; row < dots.length; row++) {
                double norm = Math.sqrt(ownSquares[row]);
                double realNorm = Math.sqrt(realSquares[row]);
                double scale = norm * realNorm + EPSILON;
                distance += 1 - dots[row] / scale;
                own[row] = norm == 0 ? 0 : dots[row] * realNorm / (norm * scale * scale);
                other[row] = -1 / scale;
            }
            backend.matrices().combineRows(own, synthetic, other, real, derivative);
            return distance;
        }
    };

    private static final double EPSILON = 1e-6;
}
