package io.mdc.objective;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterRole;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.GradientDistance;
import io.mdc.tensor.VectorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From the weight gradients of the parts of one batch to losses, distances of prefixes, and the direction of weight
 * space in which the images of each part have their gradient taken; and the arrays for that.
 */
final class Directions {
    private final DifferentiableGraph graph;
    private final VectorOps vectors;
    private final GradientDistance distance;
    private final List<Integer> matched;
    private final Map<Integer, ByOutput> byOutput = new HashMap<>();
    private final List<ParameterSet> sums = new ArrayList<>();
    private final ParameterSet running;
    private final ParameterSet scaled;
    private final ParameterSet wholeDerivative;
    private final ParameterSet unusedDerivative;
    private final List<ParameterSet> prefixDerivatives = new ArrayList<>();

    /** For distances of the gradients of the numbered parameters. */
    Directions(DifferentiableGraph graph, GradientDistance distance, List<Integer> matched) {
        this.graph = graph;
        vectors = graph.backend().vectors();
        this.distance = distance;
        this.matched = matched;
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

    /** Where the gradients of the groups go: those of the real images, if they are not known, into their batch. */
    List<ParameterSet> sums(int groups, RealBatch real, boolean known) {
        while (sums.size() < groups) {
            sums.add(graph.newParameters());
        }
        List<ParameterSet> wanted = new ArrayList<>(sums.subList(0, groups));
        if (!known) {
            wanted.set(Parts.REAL, real.gradient(graph));
        }
        return wanted;
    }

    /**
     * Takes the sums of the parts.
     *
     * @param real gradient of the real images
     * @param distances overwritten with those of the measured prefixes
     * @param directions overwritten, but for the real images'
     */
    Losses take(ParameterSet real, Parts parts, Prefixes prefixes, double[] distances, ParameterSet[] directions) {
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
            prefixDerivatives.add(graph.newParameters());
        }
        return prefixDerivatives.get(i);
    }

    private double measure(ParameterSet own, ParameterSet real, ParameterSet derivative) {
        double total = 0;
        for (int i : matched) {
            ByOutput turned = byOutput.get(i);
            total += turned == null
                    ? distance.measure(graph.backend(), own.get(i), real.get(i), derivative.get(i))
                    : turned.measure(distance, own.get(i), real.get(i), derivative.get(i));
        }
        return total;
    }
}
