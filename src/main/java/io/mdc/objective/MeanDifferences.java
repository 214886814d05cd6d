package io.mdc.objective;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From the features of one batch to losses, distances of prefixes and cotangents, and the arrays for that. */
final class MeanDifferences {
    private final DifferentiableGraph graph;
    private final Backend backend;
    private final Tensor realMean;
    private final Tensor sum;
    private final Tensor part;
    private final List<Tensor> differences = new ArrayList<>();

    MeanDifferences(DifferentiableGraph graph) {
        this.graph = graph;
        backend = graph.backend();
        realMean = newFeature();
        sum = newFeature();
        part = newFeature();
    }

    private Tensor newFeature() {
        return backend.zeros(graph.features());
    }

    /**
     * Takes features.
     *
     * @param real {@code [B, features]}
     * @param own {@code [M, features]}
     * @param distances overwritten with those of the measured prefixes
     * @param cotangents {@code [M, features]}, overwritten with the derivative of both losses
     */
    Losses take(Tensor real, Tensor own, Prefixes prefixes, double[] distances, Tensor cotangents) {
        backend.matrices().columnSums(real, realMean);
        backend.vectors().scale(1.0 / real.dim(0), realMean);
        int[] ends = Parts.ends(prefixes, own.dim(0));
        Losses losses = losses(own, ends, prefixes, distances);
        spread(ends, prefixes, cotangents);
        return losses;
    }

    /** All losses and distances; leaves the differences between the means of prefixes and the real one. */
    private Losses losses(Tensor own, int[] ends, Prefixes prefixes, double[] distances) {
        VectorOps vectors = backend.vectors();
        int[] measured = prefixes.measured();
        Arrays.fill(distances, Double.NaN);
        vectors.fill(sum, 0);
        double subset = 0;
        double found = 0;
        int from = 0;
        for (int k = 0; k < ends.length; k++) {
            backend.matrices().columnSums(own.rows(from, ends[k]), part);
            vectors.addScaled(1, part, sum);
            Tensor difference = difference(k);
            vectors.copy(sum, difference);
            vectors.scale(1.0 / ends[k], difference);
            vectors.addScaled(-1, realMean, difference);
            found = vectors.sumOfSquares(difference);
            for (int n = 0; n < measured.length; n++) {
                distances[n] = measured[n] == ends[k] ? found : distances[n];
            }
            double weight = prefixes.weight(ends[k]);
            subset += weight > 0 ? weight * found : 0;
            from = ends[k];
        }
        return new Losses(found, subset); // the last prefix is the whole
    }

    private Tensor difference(int k) {
        if (k == differences.size()) {
            differences.add(newFeature());
        }
        return differences.get(k);
    }

    /** To every image the sum over the prefixes that it is in, from the last images, which are in the whole only. */
    private void spread(int[] ends, Prefixes prefixes, Tensor cotangents) {
        VectorOps vectors = backend.vectors();
        vectors.fill(sum, 0);
        vectors.fill(cotangents, 0);
        for (int k = ends.length - 1; k >= 0; k--) {
            double weight = prefixes.weight(ends[k]) + (k == ends.length - 1 ? 1 : 0);
            vectors.addScaled(2 * weight / ends[k], difference(k), sum);
            backend.matrices().addToRows(sum, cotangents.rows(k == 0 ? 0 : ends[k - 1], ends[k]));
        }
    }
}
