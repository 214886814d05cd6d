package io.mdc.subset;

import io.mdc.objective.Outcome;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/**
 * Paper Eq. 5 with D = squared distance of means: {@code F(n) = ‖mean(features(B)) − mean(features(S[n]))‖²}.
 *
 * <p>All prefixes at once: a matrix {@code [prefixes, B + M]} of averaging weights, negative for the real images, times
 * the features.
 */
public final class FeatureDistance implements SubsetMetric {

    @Override
    public double[] measure(Backend backend, Outcome outcome, int[] prefixEnds) {
        return measure(backend, outcome.features(), outcome.realImages(), prefixEnds);
    }

    /**
     * Measures all prefixes.
     *
     * @param features {@code [B + M, F]}: last-layer features of the B real, then of the M synthetic images; read only
     * @param realImages B
     * @param prefixEnds how many of the M synthetic images are in each prefix
     * @return a distance per prefix; NaN for a prefix without images
     */
    public double[] measure(Backend backend, Tensor features, int realImages, int[] prefixEnds) {
        int rows = features.dim(0);
        double[] averaging = new double[prefixEnds.length * rows];
        for (int n = 0; n < prefixEnds.length; n++) {
            for (int i = 0; i < realImages; i++) {
                averaging[n * rows + i] = -1.0 / realImages;
            }
            for (int i = 0; i < prefixEnds[n]; i++) {
                averaging[n * rows + realImages + i] = 1.0 / prefixEnds[n];
            }
        }
        Tensor differences = backend.zeros(prefixEnds.length, features.dim(1));
        backend.matrices()
                .multiply(backend.of(averaging, prefixEnds.length, rows), false, features, false, 0, differences);
        double[] distances = backend.matrices().rowDots(differences, differences);
        for (int n = 0; n < prefixEnds.length; n++) {
            if (prefixEnds[n] == 0) {
                distances[n] = Double.NaN;
            }
        }
        return distances;
    }
}
