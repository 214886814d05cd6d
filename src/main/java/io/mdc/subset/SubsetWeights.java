package io.mdc.subset;

import java.util.Arrays;

/** How much the losses of the N − 1 prefixes count where all of them have one; weights sum to 1. */
public enum SubsetWeights {
    /** All alike. */
    UNIFORM(false, (n, rates) -> 1),
    /** In proportion to 1/n, n being the size of the prefix. */
    INVERSE(false, (n, rates) -> 1.0 / n),
    /** In proportion to the rate of change of the metric; all alike as long as there is none. */
    RATE(true, (n, rates) -> rates == null ? 1 : Double.isNaN(rates[n - 1]) ? 0 : rates[n - 1]);

    /** What the weight of the prefix of n is in proportion to. */
    private interface Proportion {
        double of(int n, double[] rates);
    }

    private final boolean measured;

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final Proportion proportion;

    SubsetWeights(boolean measured, Proportion proportion) {
        this.measured = measured;
        this.proportion = proportion;
    }

    /** Whether prefixes have to be measured. */
    public boolean measured() {
        return measured;
    }

    /**
     * The weights; all alike if all were 0.
     *
     * @param prefixes their number
     * @param rates of change of the prefixes, null if there are none; NaN counts as 0
     */
    public double[] of(int prefixes, double[] rates) {
        double[] weights = new double[prefixes];
        Arrays.setAll(weights, i -> proportion.of(i + 1, rates));
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> sum > 0 ? weights[i] / sum : 1.0 / prefixes);
        return weights;
    }
}
