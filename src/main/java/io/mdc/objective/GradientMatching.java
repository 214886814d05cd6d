package io.mdc.objective;

import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Phase;
import io.mdc.engine.Recording;
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.GradientDistance;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gradient matching with a subset term: {@code d(g(S), g(B)) + d(g(S[m]), g(B))}, g(·) being the weight gradient of the
 * mean cross-entropy (paper Eq. 1 and 4), and its exact image gradient.
 *
 * <p>Samples do not interact in the network, so g(S) and g(S[m]) are sums of the same per-sample gradients, as are
 * those of all other prefixes, and the image gradient of both terms is one tangent sweep: an image outside S[m] in the
 * direction {@code v = ∂d/∂g(S)}, one inside in the direction {@code v + (M/m) ∂d/∂g(S[m])}, all weighted 1/M. Frozen
 * images get no sweep. Prefixes are measured by {@code d(g(S[n]), g(B))}.
 */
public final class GradientMatching implements Objective {
    private final ChunkedGraph runner;
    private final GradientDistance distance;
    private final List<Integer> matched;
    private final List<ParameterSet> sums = new ArrayList<>();
    private final ParameterSet running;
    private final ParameterSet scaled;
    private final ParameterSet restDirection;
    private final ParameterSet prefixDirection;
    private final ParameterSet subsetDerivative;
    private final Map<Batches, Room> rooms = new HashMap<>();

    /** What is kept for batches: arrays of their sizes, and how they were cut the last time. */
    private static final class Room {
        private final Tensor gradient;
        private final Tensor features;
        private Parts parts;

        Room(DifferentiableGraph graph, Batches batches) {
            int synthetic = batches.synthetic().size();
            gradient = graph.backend().zeros(batches.synthetic().images().shape());
            features = graph.backend().zeros(batches.real().size() + synthetic, graph.features());
        }

        /** The cut for these prefixes. */
        Parts parts(Batches batches, Prefixes prefixes, int largest) {
            if (parts == null || !parts.serve(prefixes)) {
                parts = Parts.cut(batches, prefixes, features, gradient, largest);
            }
            return parts;
        }
    }

    /**
     * Matching of the gradients of some parameters.
     *
     * @param runner runs the network whose samples must not interact
     * @param distance d
     * @param kinds the parameters whose gradients are compared
     * @throws IllegalArgumentException if the network has no parameter of these kinds
     */
    public GradientMatching(ChunkedGraph runner, GradientDistance distance, Collection<ParameterKind> kinds) {
        this.runner = runner;
        this.distance = distance;
        DifferentiableGraph graph = runner.graph();
        matched = IntStream.range(0, graph.parameters().size())
                .filter(i -> kinds.contains(graph.parameters().get(i).role().kind()))
                .boxed()
                .toList();
        if (matched.isEmpty()) {
            throw new IllegalArgumentException("--match " + kinds + ": the network has no such parameter");
        }
        running = graph.newParameters();
        scaled = graph.newParameters();
        restDirection = graph.newParameters();
        prefixDirection = graph.newParameters();
        subsetDerivative = graph.newParameters();
    }

    @Override
    public Outcome evaluate(ParameterSet theta, Batches batches, Prefixes prefixes) {
        prefixes.requireWithin(batches.synthetic().size());
        DifferentiableGraph graph = runner.graph();
        RealBatch real = batches.real();
        boolean known = real.known();
        Room room = rooms.computeIfAbsent(batches, b -> new Room(graph, b));
        Parts all = room.parts(batches, prefixes, runner.capacity());
        Parts parts = known ? all.synthetic() : all;
        int groups = parts.ends().length + 1;
        try (Recording recording = runner.gradients(theta, parts.chunks(), sums(groups, real, known))) {
            long start = System.nanoTime();
            keepFeatures(real, room.features.rows(0, real.size()), known);
            double[] distances = new double[prefixes.measured().length];
            Losses losses = directions(real.gradient(graph), parts, prefixes, distances);
            runner.phases().add(Phase.DISTANCE, System.nanoTime() - start);
            graph.backend().vectors().fill(room.gradient, 0);
            ParameterSet[] directions = new ParameterSet[groups];
            for (int k = 0; k < groups - 1; k++) {
                directions[k + 1] = parts.ends()[k] <= prefixes.subset() ? prefixDirection : restDirection;
            }
            recording.tangents(directions, parts.outputs());
            return new Outcome(losses, room.gradient, room.features, distances);
        }
    }

    /** Where the gradients of the groups go: those of the real images, if they are not known, into their batch. */
    private ParameterSet[] sums(int groups, RealBatch real, boolean known) {
        while (sums.size() < groups) {
            sums.add(runner.graph().newParameters());
        }
        ParameterSet[] wanted = sums.subList(0, groups).toArray(ParameterSet[]::new);
        if (!known) {
            wanted[Parts.REAL] = real.gradient(runner.graph());
        }
        return wanted;
    }

    /** Features of real images, from where they are known to where they are not. */
    private void keepFeatures(RealBatch real, Tensor ofBatch, boolean known) {
        Tensor kept = real.features(runner.graph());
        runner.graph().backend().vectors().copy(known ? kept : ofBatch, known ? ofBatch : kept);
        real.computed();
    }

    /**
     * From the sums of the parts to both losses, the distances of prefixes, and the directions of weight space that the
     * image gradients are taken in.
     */
    private Losses directions(ParameterSet real, Parts parts, Prefixes prefixes, double[] distances) {
        VectorOps vectors = runner.graph().backend().vectors();
        int images = parts.images();
        int[] measured = prefixes.measured();
        double subset = 0;
        Arrays.fill(distances, Double.NaN);
        vectors.fill(running.flat(), 0);
        for (int k = 0; k < parts.ends().length; k++) {
            vectors.addScaled(1, sums.get(k + 1).flat(), running.flat());
            int end = parts.ends()[k];
            boolean wanted = Arrays.stream(measured).anyMatch(n -> n == end);
            if (wanted || end == prefixes.subset()) {
                vectors.copy(running.flat(), scaled.flat());
                vectors.scale((double) images / end, scaled.flat());
                double found = measure(scaled, real, subsetDerivative);
                for (int n = 0; n < measured.length; n++) {
                    distances[n] = measured[n] == end ? found : distances[n];
                }
                if (end == prefixes.subset()) {
                    subset = found;
                    vectors.copy(subsetDerivative.flat(), prefixDirection.flat());
                }
            }
        }
        double base = measure(running, real, restDirection);
        if (prefixes.subset() > 0) {
            vectors.scale((double) images / prefixes.subset(), prefixDirection.flat());
            vectors.addScaled(1, restDirection.flat(), prefixDirection.flat());
        }
        return new Losses(base, subset);
    }

    private double measure(ParameterSet own, ParameterSet real, ParameterSet derivative) {
        double total = 0;
        for (int i : matched) {
            total += distance.measure(runner.graph().backend(), own.get(i), real.get(i), derivative.get(i));
        }
        return total;
    }
}
