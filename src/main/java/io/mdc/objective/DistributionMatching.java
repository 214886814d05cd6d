package io.mdc.objective;

import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Cotangent;
import io.mdc.engine.Phase;
import io.mdc.engine.Recording;
import io.mdc.engine.Site;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Distribution matching with losses of prefixes: {@code ‖m(S) − m(B)‖² + Σ w_m ‖m(S[m]) − m(B)‖²}, m(·) being the mean
 * of the last feature layer (Zhao and Bilen, "Dataset Condensation with Distribution Matching", 2023), and its exact
 * image gradient.
 *
 * <p>One forward pass gives the means of all prefixes, and one backward pass the gradient, from each image's cotangent:
 * a sum over the prefixes that it is in. Frozen images get no backward pass. Prefixes are measured by the same
 * distance.
 */
public final class DistributionMatching implements Objective {
    private final ChunkedGraph runner;
    private final Backend backend;
    private final Tensor realMean;
    private final Tensor sum;
    private final Tensor part;
    private final List<Tensor> differences = new ArrayList<>();
    private final Map<Batches, Room> rooms = new HashMap<>();

    /** Matching of the features of a network whose samples must not interact. */
    public DistributionMatching(ChunkedGraph runner) {
        this.runner = runner;
        backend = runner.graph().backend();
        realMean = newFeature();
        sum = newFeature();
        part = newFeature();
    }

    private Tensor newFeature() {
        return backend.zeros(runner.graph().features());
    }

    @Override
    public Outcome evaluate(ParameterSet theta, Batches batches, Prefixes prefixes) {
        prefixes.requireWithin(batches.synthetic().size());
        Room room = rooms.computeIfAbsent(batches, b -> new Room(runner.graph(), b));
        RealBatch real = batches.real();
        boolean known = real.knowsFeatures();
        // Only where images begin to move matters to the passes; means are made of the features.
        Parts all = room.parts(batches, new Prefixes(0, prefixes.frozen()), runner.capacity());
        Parts parts = known ? all.synthetic() : all;
        try (Recording recording = runner.forward(theta, parts.chunks(), Site.FEATURES)) {
            long start = System.nanoTime();
            Tensor features = room.features();
            Tensor ofReal = features.rows(0, real.size());
            Tensor own = features.rows(real.size(), features.dim(0));
            real.exchangeFeatures(runner.graph(), ofReal, known);
            backend.matrices().columnSums(ofReal, realMean);
            backend.vectors().scale(1.0 / real.size(), realMean);
            double[] distances = new double[prefixes.measured().length];
            int[] ends = Parts.ends(prefixes, own.dim(0));
            Losses losses = losses(own, ends, prefixes, distances);
            spread(ends, prefixes, room.cotangents());
            runner.phases().add(Phase.DISTANCE, System.nanoTime() - start);
            backend.vectors().fill(room.gradient(), 0);
            recording.backward(heads(parts, room.cotangents()), parts.outputs());
            return new Outcome(losses, room.gradient(), features, distances);
        }
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

    /** A head for every chunk of synthetic images; for those of real ones null. */
    private static List<Cotangent> heads(Parts parts, Tensor cotangents) {
        List<Cotangent> heads = new ArrayList<>();
        int start = 0;
        for (Chunk chunk : parts.chunks()) {
            if (heads.size() < parts.realChunks()) {
                heads.add(null);
            } else {
                heads.add(new Cotangent(Site.FEATURES, cotangents.rows(start, start + chunk.size())));
                start += chunk.size();
            }
        }
        return heads;
    }
}
