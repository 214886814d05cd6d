package io.mdc.objective;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
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
     * @param cotangents {@code [M, features]}, overwritten with the derivative of both losses
     */
    Found take(Tensor real, Tensor own, Prefixes prefixes, Tensor cotangents) {
        backend.matrices().columnSums(real, realMean);
        backend.vectors().scale(1.0 / real.dim(0), realMean);
        int[] ends = Parts.ends(prefixes, own.dim(0));
        Numbers[] distances = distances(own, ends);
        spread(ends, prefixes, cotangents);
        return new Found(ends, prefixes, distances);
    }

    /**
     * What was found of prefixes that end at {@code ends}, the last being the whole.
     *
     * @param distances of all of them
     */
    record Found(int[] ends, Prefixes prefixes, Numbers[] distances) {
        /** Both terms of the loss. */
        Losses losses() {
            double subset = 0;
            double found = 0;
            for (int k = 0; k < ends.length; k++) {
                found = distances[k].first();
                double weight = prefixes.weight(ends[k]);
                subset += weight > 0 ? weight * found : 0;
            }
            return new Losses(found, subset);
        }

        /** Those of the prefixes that were to be measured. */
        Numbers measured() {
            return () -> Arrays.stream(prefixes.measured())
                    .mapToDouble(images -> {
                        int k = Arrays.binarySearch(ends, images);
                        return k < 0 ? Double.NaN : distances[k].first();
                    })
                    .toArray();
        }
    }

    /** All distances; leaves the differences between the means of prefixes and the real one. */
    private Numbers[] distances(Tensor own, int[] ends) {
        VectorOps vectors = backend.vectors();
        Numbers[] distances = new Numbers[ends.length];
        vectors.fill(sum, 0);
        int from = 0;
        for (int k = 0; k < ends.length; k++) {
            backend.matrices().columnSums(own.rows(from, ends[k]), part);
            vectors.addScaled(1, part, sum);
            Tensor difference = difference(k);
            vectors.copy(sum, difference);
            vectors.scale(1.0 / ends[k], difference);
            vectors.addScaled(-1, realMean, difference);
            distances[k] = vectors.sumOfSquares(difference);
            from = ends[k];
        }
        return distances;
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
