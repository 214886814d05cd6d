package io.mdc.objective;

import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Phase;
import io.mdc.engine.Recording;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterRole;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.GradientDistance;
import io.mdc.tensor.VectorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gradient matching with losses of prefixes: {@code d(g(S), g(B)) + Σ w_m d(g(S[m]), g(B))}, g(·) being the weight
 * gradient of the mean cross-entropy (paper Eq. 1 and 4), and its exact image gradient.
 *
 * <p>Samples do not interact in the network, so g(S) and the g(S[m]) are sums of the same per-sample gradients, and the
 * image gradient of all terms is one tangent sweep, each image in the direction {@code ∂d/∂g(S) + Σ w_m (M/m)
 * ∂d/∂g(S[m])} summed over the prefixes S[m] that it is in, all weighted 1/M. Frozen images get no sweep. Prefixes are
 * measured by {@code d(g(S[n]), g(B))}.
 */
public final class GradientMatching implements Objective {
    private final ChunkedGraph runner;
    private final GradientDistance distance;
    private final List<Integer> matched;
    private final Map<Integer, ByOutput> byOutput = new HashMap<>();
    private final List<ParameterSet> sums = new ArrayList<>();
    private final ParameterSet running;
    private final ParameterSet scaled;
    private final ParameterSet wholeDerivative;
    private final ParameterSet unusedDerivative;
    private final List<ParameterSet> prefixDerivatives = new ArrayList<>();
    private final Map<Batches, Room> rooms = new HashMap<>();

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
        for (int i : matched) {
            Parameter parameter = graph.parameters().get(i);
            if (distance.ofRows() && parameter.role() == ParameterRole.DENSE_WEIGHT) {
                byOutput.put(i, new ByOutput(graph.backend(), parameter.extents()));
            }
        }
        running = graph.newParameters();
        scaled = graph.newParameters();
        wholeDerivative = graph.newParameters();
        unusedDerivative = graph.newParameters();
    }

    @Override
    public Outcome evaluate(ParameterSet theta, Batches batches, Prefixes prefixes) {
        prefixes.requireWithin(batches.synthetic().size());
        DifferentiableGraph graph = runner.graph();
        RealBatch real = batches.real();
        boolean known = real.knowsAll();
        Room room = rooms.computeIfAbsent(batches, b -> new Room(graph, b));
        Parts all = room.parts(batches, prefixes, runner.capacity());
        Parts parts = known ? all.synthetic() : all;
        int groups = parts.ends().length + 1;
        try (Recording recording = runner.gradients(theta, parts.chunks(), sums(groups, real, known))) {
            long start = System.nanoTime();
            real.exchangeFeatures(graph, room.features().rows(0, real.size()), known);
            real.gradientComputed();
            double[] distances = new double[prefixes.measured().length];
            ParameterSet[] directions = new ParameterSet[groups];
            Losses losses = directions(real.gradient(graph), parts, prefixes, distances, directions);
            runner.phases().add(Phase.DISTANCE, System.nanoTime() - start);
            graph.backend().vectors().fill(room.gradient(), 0);
            recording.tangents(directions, parts.outputs());
            return new Outcome(losses, room.gradient(), room.features(), distances);
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

    /**
     * From the sums of the parts to all losses, the distances of prefixes, and for the images of every part the
     * direction of weight space that their gradient is taken in.
     */
    private Losses directions(
            ParameterSet real, Parts parts, Prefixes prefixes, double[] distances, ParameterSet[] directions) {
        VectorOps vectors = runner.graph().backend().vectors();
        int images = parts.images();
        int[] ends = parts.ends();
        int[] measured = prefixes.measured();
        ParameterSet[] derivatives = new ParameterSet[ends.length];
        int weighted = 0;
        double subset = 0;
        Arrays.fill(distances, Double.NaN);
        vectors.fill(running.flat(), 0);
        for (int k = 0; k < ends.length; k++) {
            vectors.addScaled(1, sums.get(k + 1).flat(), running.flat());
            int end = ends[k];
            double weight = prefixes.weight(end);
            if (weight > 0 || Arrays.stream(measured).anyMatch(n -> n == end)) {
                vectors.copy(running.flat(), scaled.flat());
                vectors.scale((double) images / end, scaled.flat());
                derivatives[k] = weight > 0 ? prefixDerivative(weighted++) : unusedDerivative;
                double found = measure(scaled, real, derivatives[k]);
                for (int n = 0; n < measured.length; n++) {
                    distances[n] = measured[n] == end ? found : distances[n];
                }
                subset += weight > 0 ? weight * found : 0;
            }
        }
        double base = measure(running, real, wholeDerivative);
        // From the last part, which is in no prefix but the whole, to the first, which is in all of them.
        ParameterSet direction = wholeDerivative;
        for (int k = ends.length - 1; k >= 0; k--) {
            double weight = prefixes.weight(ends[k]);
            if (weight > 0) {
                vectors.scale(weight * images / ends[k], derivatives[k].flat());
                vectors.addScaled(1, direction.flat(), derivatives[k].flat());
                direction = derivatives[k];
            }
            directions[k + 1] = direction;
        }
        return new Losses(base, subset);
    }

    private ParameterSet prefixDerivative(int i) {
        if (i == prefixDerivatives.size()) {
            prefixDerivatives.add(runner.graph().newParameters());
        }
        return prefixDerivatives.get(i);
    }

    private double measure(ParameterSet own, ParameterSet real, ParameterSet derivative) {
        double total = 0;
        for (int i : matched) {
            ByOutput turned = byOutput.get(i);
            total += turned == null
                    ? distance.measure(runner.graph().backend(), own.get(i), real.get(i), derivative.get(i))
                    : turned.measure(distance, own.get(i), real.get(i), derivative.get(i));
        }
        return total;
    }
}
