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
import java.util.List;
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
    private final List<ParameterSet> sums = new ArrayList<>();
    private final ParameterSet running;
    private final ParameterSet scaled;
    private final ParameterSet wholeDerivative;
    private final ParameterSet unusedDerivative;
    private final List<ParameterSet> prefixDerivatives = new ArrayList<>();
    private Tensor gradient;
    private Tensor features;
    private Parts parts;

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
        wholeDerivative = graph.newParameters();
        unusedDerivative = graph.newParameters();
    }

    @Override
    public Outcome evaluate(ParameterSet theta, Batches batches, Prefixes prefixes) {
        prefixes.requireWithin(batches.synthetic().size());
        arrange(batches, prefixes);
        int groups = parts.ends().length + 1;
        try (Recording recording =
                runner.gradients(theta, parts.chunks(), sums.subList(0, groups).toArray(ParameterSet[]::new))) {
            long start = System.nanoTime();
            double[] distances = new double[prefixes.measured().length];
            ParameterSet[] directions = new ParameterSet[groups];
            Losses losses = directions(prefixes, distances, directions);
            runner.phases().add(Phase.DISTANCE, System.nanoTime() - start);
            runner.graph().backend().vectors().fill(gradient, 0);
            recording.tangents(directions, parts.outputs());
            return new Outcome(losses, gradient, features, distances);
        }
    }

    /**
     * From the sums of the parts to all losses, the distances of prefixes, and for the images of every part the
     * direction of weight space that their gradient is taken in.
     */
    private Losses directions(Prefixes prefixes, double[] distances, ParameterSet[] directions) {
        VectorOps vectors = runner.graph().backend().vectors();
        int images = gradient.dim(0);
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
                double found = measure(scaled, derivatives[k]);
                for (int n = 0; n < measured.length; n++) {
                    distances[n] = measured[n] == end ? found : distances[n];
                }
                subset += weight > 0 ? weight * found : 0;
            }
        }
        double base = measure(running, wholeDerivative);
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

    private double measure(ParameterSet own, ParameterSet derivative) {
        double total = 0;
        for (int i : matched) {
            total += distance.measure(
                    runner.graph().backend(), own.get(i), sums.get(Parts.REAL).get(i), derivative.get(i));
        }
        return total;
    }

    /** Makes room for batches of this size, and cuts them if they were not cut like this the last time. */
    private void arrange(Batches batches, Prefixes prefixes) {
        if (parts != null && parts.serve(batches, prefixes)) {
            return;
        }
        DifferentiableGraph graph = runner.graph();
        int synthetic = batches.synthetic().size();
        int all = batches.real().size() + synthetic;
        if (gradient == null || gradient.dim(0) != synthetic) {
            gradient = graph.backend().zeros(batches.synthetic().images().shape());
        }
        if (features == null || features.dim(0) != all) {
            features = graph.backend().zeros(all, graph.features());
        }
        parts = Parts.cut(batches, prefixes, features, gradient, runner.capacity());
        while (sums.size() < parts.ends().length + 1) {
            sums.add(graph.newParameters());
        }
    }
}
