package io.mdc.subset;

/**
 * Paper Eq. 8 and 9: {@code R(n) = |F_t(n) − F_{t−Δt}(n)| / Δt}, {@code n* = argmax R}, ties to the smaller n; at the
 * first measurement, which has no predecessor, n* = 1.
 */
public final class RateOfChange implements MlsSelection {

    @Override
    public Choice choose(double[] current, double[] previous, int period) {
        if (previous == null) {
            return new Choice(1, null);
        }
        double[] rate = new double[current.length];
        for (int n = 0; n < rate.length; n++) {
            rate[n] = Math.abs(current[n] - previous[n]) / period;
        }
        return new Choice(LargestDistance.argmax(rate) + 1, rate);
    }
}
