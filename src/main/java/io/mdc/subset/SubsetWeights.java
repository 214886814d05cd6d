package io.mdc.subset;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** How much the losses of the N − 1 prefixes count where all of them have one; weights sum to 1. */
public enum SubsetWeights {
    /** All alike. */
    UNIFORM(false),
    /** In proportion to 1/n, n being the size of the prefix. */
    INVERSE(false),
    /** In proportion to the rate of change of the metric; all alike as long as there is none. */
    RATE(true);

    private final boolean measured;

    SubsetWeights(boolean measured) {
        this.measured = measured;
    }

    /** Whether prefixes have to be measured. */
    public boolean measured() {
        return measured;
    }

    /**
     * The weights.
     *
     * @param prefixes their number
     * @param rates of change of the prefixes, null if there are none; NaN counts as 0
     */
    public double[] of(int prefixes, double[] rates) {
        return switch (this) {
            case UNIFORM -> normalised(prefixes, n -> 1);
            case INVERSE -> normalised(prefixes, n -> 1.0 / n);
            case RATE ->
                rates == null
                        ? UNIFORM.of(prefixes, null)
                        : normalised(prefixes, n -> Double.isNaN(rates[n - 1]) ? 0 : rates[n - 1]);
        };
    }

    /** Weights in proportion to those of n = 1, 2, …; all alike if these are 0. */
    private static double[] normalised(int prefixes, IntToDoubleFunction of) {
        double[] weights = new double[prefixes];
        Arrays.setAll(weights, i -> of.applyAsDouble(i + 1));
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> sum > 0 ? weights[i] / sum : 1.0 / prefixes);
        return weights;
    }
}
