package io.mdc.subset;

/** The ablation of paper Table 3, row 2 ("calculate" only): {@code n* = argmax F_t}, ties to the smaller n. */
public final class LargestDistance implements MlsSelection {

    @Override
    public Choice choose(double[] current, double[] previous, int period) {
        return new Choice(argmax(current) + 1, null);
    }

    /** The index of the largest number, the first of equals; NaN counts as smallest. */
    static int argmax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best] || Double.isNaN(values[best]) && !Double.isNaN(values[i])) {
                best = i;
            }
        }
        return best;
    }
}
