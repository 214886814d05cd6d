package io.mdc.objective;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterRole;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.GradientDistance;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.SetOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * {@link Directions} of all problems at once: the gradients of prefixes are combinations of those of parts, the
 * directions of parts are combinations of the derivatives of prefixes, and between them is one comparison.
 */
final class DirectionsTogether {
    private final SetOps sets;
    private final GradientDistance distance;
    private final SetOps.Row[] rows;
    private final SetsRoom gradients;
    private final SetsRoom derivatives;
    private final SetsRoom moves;

    /**
     * A prefix that is compared.
     *
     * @param problem it is of
     * @param parts it has
     * @param images it has
     * @param share of all images, inverse: what its mean counts more than the sum that its parts are
     * @param weight of its distance in the loss, 0 if it is only measured
     */
    private record Prefix(int problem, int parts, int images, double share, double weight) {}

    /** What came of it: a direction for each group, and what is found of each problem. */
    record Result(ParameterSet moves, List<Prefix> prefixes, List<Problem> problems, Numbers distances) {
        /** Both terms of the loss. */
        Supplier<Losses> losses(int problem) {
            return () -> {
                double[] found = distances.get();
                double base = 0;
                double subset = 0;
                for (int p = 0; p < found.length; p++) {
                    if (prefixes.get(p).problem() == problem) {
                        base = found[p]; // the last is the whole
                        subset += weight(p) > 0 ? weight(p) * found[p] : 0;
                    }
                }
                return new Losses(base, subset);
            };
        }

        private double weight(int p) {
            return problems.get(prefixes.get(p).problem())
                    .prefixes()
                    .weight(prefixes.get(p).images());
        }

        /** Distances of the prefixes that were to be measured. */
        Numbers measured(int problem) {
            return distances.then(
                    found -> Arrays.stream(problems.get(problem).prefixes().measured())
                            .mapToDouble(images -> of(problem, images, found))
                            .toArray());
        }

        private double of(int problem, int images, double[] found) {
            return IntStream.range(0, found.length)
                    .filter(p -> prefixes.get(p).problem() == problem
                            && prefixes.get(p).images() == images)
                    .mapToDouble(p -> found[p])
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    DirectionsTogether(DifferentiableGraph graph, GradientDistance distance, List<Integer> matched) {
        sets = graph.backend().sets().orElseThrow();
        this.distance = distance;
        gradients = new SetsRoom(graph);
        derivatives = new SetsRoom(graph);
        moves = new SetsRoom(graph);
        List<SetOps.Row> all = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < graph.parameters().size(); i++) {
            Parameter parameter = graph.parameters().get(i);
            if (matched.contains(i) && distance.counts(parameter.shape().size())) {
                all.addAll(rows(parameter, first));
            }
            first += parameter.size();
        }
        rows = all.toArray(SetOps.Row[]::new);
    }

    private List<SetOps.Row> rows(Parameter parameter, int first) {
        if (!distance.ofRows()) {
            return List.of(new SetOps.Row(first, 1, parameter.size()));
        }
        int lines = parameter.shape().get(0);
        int length = parameter.size() / lines;
        boolean byOutput = parameter.role() == ParameterRole.DENSE_WEIGHT;
        return IntStream.range(0, byOutput ? length : lines)
                .mapToObj(i -> byOutput
                        ? new SetOps.Row(first + i, length, lines)
                        : new SetOps.Row(first + i * length, 1, length))
                .toList();
    }

    /**
     * Takes the gradients of groups: those of the real images of every problem, then those of its parts for each.
     *
     * @return directions for groups in the same order, 0 for the real images
     */
    Result take(ParameterSet sums, List<Problem> problems) {
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            addPrefixes(i, problems.get(i), prefixes);
        }
        int[] firstPart = firstParts(problems);
        double[][] fromParts = new double[prefixes.size()][sums.count()];
        double[][] toParts = new double[sums.count()][prefixes.size()];
        for (int p = 0; p < prefixes.size(); p++) {
            Prefix prefix = prefixes.get(p);
            for (int k = 0; k < prefix.parts(); k++) {
                int group = firstPart[prefix.problem()] + k;
                fromParts[p][group] = prefix.share();
                toParts[group][p] = prefix.weight() * prefix.share();
            }
        }
        ParameterSet own = gradients.of(prefixes.size());
        ParameterSet derivative = derivatives.of(prefixes.size());
        ParameterSet directions = moves.of(sums.count());
        sets.combine(fromParts, sums.rows(), own.rows());
        int[] real = prefixes.stream().mapToInt(Prefix::problem).toArray();
        Numbers distances = sets.distances(distance.together(), rows, own.rows(), sums.rows(), real, derivative.rows());
        sets.combine(toParts, derivative.rows(), directions.rows());
        return new Result(directions, List.copyOf(prefixes), problems, distances);
    }

    private static void addPrefixes(int number, Problem problem, List<Prefix> to) {
        int images = problem.batches().synthetic().size();
        Prefixes asked = problem.prefixes();
        int[] ends = Parts.ends(asked, images);
        for (int k = 0; k < ends.length; k++) {
            int end = ends[k];
            double weight = asked.weight(end) + (end == images ? 1 : 0);
            if (weight > 0 || Arrays.stream(asked.measured()).anyMatch(n -> n == end)) {
                to.add(new Prefix(number, k + 1, end, (double) images / end, weight));
            }
        }
    }

    private static int[] firstParts(List<Problem> problems) {
        int[] first = new int[problems.size()];
        int next = problems.size();
        for (int i = 0; i < first.length; i++) {
            first[i] = next;
            Problem problem = problems.get(i);
            next += Parts.ends(problem.prefixes(), problem.batches().synthetic().size()).length;
        }
        return first;
    }
}
