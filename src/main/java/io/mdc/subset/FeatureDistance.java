package io.mdc.subset;

import io.mdc.objective.Outcome;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Room;
import io.mdc.tensor.Tensor;
import java.util.Arrays;

/**
 * Paper Eq. 5 with D = squared distance of means: {@code F(n) = ‖mean(features(B)) − mean(features(S[n]))‖²}.
 *
 * <p>All prefixes at once: a matrix {@code [prefixes, B + M]} of averaging weights, negative for the real images, times
 * the features.
 */
public final class FeatureDistance implements SubsetMetric {
    private final Backend backend;
    private final Room room;

    /** A metric of features of that backend. */
    public FeatureDistance(Backend backend) {
        this.backend = backend;
        room = new Room(backend.memory());
    }

    @Override
    public Numbers measure(Outcome outcome, int[] prefixEnds) {
        return measure(outcome.features(), outcome.realImages(), prefixEnds);
    }

    /**
     * Measures all prefixes.
     *
     * @param features {@code [B + M, F]}: last-layer features of the B real, then of the M synthetic images; read only
     * @param realImages B
     * @param prefixEnds how many of the M synthetic images are in each prefix
     * @return a distance per prefix; NaN for a prefix without images
     */
    public Numbers measure(Tensor features, int realImages, int[] prefixEnds) {
        double[][] averaging = averaging(features.dim(0), realImages, prefixEnds);
        Tensor differences = backend.sets().isPresent()
                ? room.of(averaging.length, features.dim(1))
                : backend.zeros(averaging.length, features.dim(1));
        if (backend.sets().isPresent()) {
            backend.sets().get().combine(averaging, features, differences);
        } else {
            double[] flat =
                    Arrays.stream(averaging).flatMapToDouble(Arrays::stream).toArray();
            backend.matrices()
                    .multiply(
                            backend.of(flat, averaging.length, features.dim(0)),
                            false,
                            features,
                            false,
                            0,
                            differences);
        }
        return backend.matrices().rowDots(differences, differences).then(distances -> {
            for (int n = 0; n < prefixEnds.length; n++) {
                if (prefixEnds[n] == 0) {
                    distances[n] = Double.NaN;
                }
            }
            return distances;
        });
    }

    private static double[][] averaging(int rows, int realImages, int[] prefixEnds) {
        double[][] averaging = new double[prefixEnds.length][rows];
        for (int n = 0; n < prefixEnds.length; n++) {
            Arrays.fill(averaging[n], 0, realImages, -1.0 / realImages);
            Arrays.fill(averaging[n], realImages, realImages + prefixEnds[n], 1.0 / prefixEnds[n]);
        }
        return averaging;
    }
}
