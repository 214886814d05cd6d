package io.mdc.matching;

import io.mdc.tensor.Backend;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Tensor;

/**
 * {@code d(g, h) = Σ_rows 1 − g·h/m} with {@code m = ‖g‖‖h‖ + 10⁻⁶}, a row being all weights of one output channel.
 *
 * <p>Per row, {@code ∂d/∂g = −h/m + (g·h)‖h‖/(‖g‖ m²) g}. Arrays of one dimension count as rows of one element.
 */
final class RowwiseCosine implements GradientDistance {
    private static final double EPSILON = 1e-6;

    @Override
    public double measure(Backend backend, Tensor synthetic, Tensor real, Tensor derivative) {
        double[] dots = backend.matrices().rowDots(synthetic, real).get();
        double[] ownSquares = backend.matrices().rowDots(synthetic, synthetic).get();
        double[] realSquares = backend.matrices().rowDots(real, real).get();
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

    @Override
    public boolean ofRows() {
        return true;
    }

    @Override
    public SetOps.Measure together() {
        return SetOps.Measure.COSINE;
    }
}
