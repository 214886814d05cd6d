package io.mdc.check;

/**
 * Collects {@code ‖ours − reference‖ / ‖reference‖} over several arrays and keeps the largest.
 *
 * <p>A reference that is all rounding noise, such as the gradient of a bias that a norm cancels, has no meaningful
 * relative error: the denominator is never less than {@code floor}, a thousandth of the largest norm of its kind.
 */
final class RelativeError {
    private final double floor;
    private double largest;

    /** Errors of arrays of which the largest has the norm {@code scale}; 0 if every array stands for itself. */
    RelativeError(double scale) {
        floor = scale * 1e-3;
    }

    void add(double[] ours, double[] reference) {
        if (ours.length != reference.length) {
            throw new IllegalArgumentException(ours.length + " values where the reference has " + reference.length);
        }
        double difference = 0;
        for (int i = 0; i < ours.length; i++) {
            difference += (ours[i] - reference[i]) * (ours[i] - reference[i]);
        }
        double error = difference == 0 ? 0 : Math.sqrt(difference) / Math.max(norm(reference), floor);
        // NaN must not get lost, and does not in Math.max
        largest = Math.max(largest, error);
    }

    void add(double ours, double reference) {
        add(new double[] {ours}, new double[] {reference});
    }

    double largest() {
        return largest;
    }

    static double norm(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
