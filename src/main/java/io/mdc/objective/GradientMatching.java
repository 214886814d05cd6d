package io.mdc.objective;

import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Phase;
import io.mdc.engine.Recording;
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.GradientDistance;
import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gradient matching with losses of prefixes: {@code d(g(S), g(B)) + Σ w_m d(g(S[m]), g(B))}, g(·) being the weight
 * gradient of the mean cross-entropy (paper Eq. 1 and 4), and its exact image gradient.
 *
 * <p>Samples do not interact in the network, so g(S) and the g(S[m]) are sums of the same per-sample gradients, and the
 * image gradient of all terms is one tangent sweep, each image in the direction {@code ∂d/∂g(S) + Σ w_m (M/m)
 * ∂d/∂g(S[m])} summed over the prefixes S[m] that it is in, all weighted 1/M. Frozen images get no gradient. Prefixes
 * are measured by {@code d(g(S[n]), g(B))}.
 *
 * <p>All problems go through one pass and one sweep, each in chunks and sums of its own; on a backend that takes
 * several groups of samples, as one batch.
 */
public final class GradientMatching implements Objective {
    private final ChunkedGraph runner;
    private final GradientDistance distance;
    private final List<Integer> matched;
    private final List<Directions> directions = new ArrayList<>();
    private final Map<Batches, Room> rooms = new HashMap<>();
    private final Optional<Objective> together;

    /**
     * One of the problems on its way.
     *
     * @param firstGroup number of its first group among those of all
     */
    private record Work(
            Problem problem, Room room, Parts parts, boolean realKnown, Directions directions, int firstGroup) {
        int groups() {
            return parts.ends().length + 1;
        }

        RealBatch real() {
            return problem.batches().real();
        }
    }

    /**
     * Matching of the gradients of some parameters.
     *
     * @param runner runs the network whose samples must not interact
     * @param distance d
     * @param kinds the parameters whose gradients are compared
     * @throws ConfigException if the network has no parameter of these kinds that it depends on
     */
    public GradientMatching(ChunkedGraph runner, GradientDistance distance, Collection<ParameterKind> kinds) {
        this.runner = runner;
        this.distance = distance;
        DifferentiableGraph graph = runner.graph();
        matched = matched(graph, kinds);
        together =
                graph.takesGroups() ? Optional.of(new MatchingTogether(runner, distance, matched)) : Optional.empty();
    }

    /**
     * The numbers of a network's parameters of these kinds.
     *
     * @throws ConfigException if there are none, or none that the network depends on
     */
    public static List<Integer> matched(DifferentiableGraph graph, Collection<ParameterKind> kinds) {
        List<Integer> matched = IntStream.range(0, graph.parameters().size())
                .filter(i -> kinds.contains(graph.parameters().get(i).role().kind()))
                .boxed()
                .toList();
        if (matched.isEmpty()) {
            throw new ConfigException(
                    "match", TextForm.format(List.copyOf(kinds)), "the network has no parameter of these kinds");
        }
        if (matched.stream().noneMatch(graph::hasEffect)) {
            throw new ConfigException(
                    "match",
                    TextForm.format(List.copyOf(kinds)),
                    "the network's norms cancel these biases, so nothing would be matched; name any of "
                            + TextForm.format(List.copyOf(EnumSet.complementOf(EnumSet.copyOf(kinds)))) + " too");
        }
        return matched;
    }

    @Override
    public List<Outcome> evaluate(ParameterSet theta, List<Problem> problems) {
        if (together.isPresent()) {
            return together.get().evaluate(theta, problems);
        }
        List<Work> works = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        List<Tensor> outputs = new ArrayList<>();
        List<ParameterSet> sums = new ArrayList<>();
        for (Problem problem : problems) {
            Work work = begin(problem, works.size(), sums.size());
            works.add(work);
            work.parts().chunks().forEach(chunk -> chunks.add(chunk.ofGroup(work.firstGroup() + chunk.group())));
            outputs.addAll(work.parts().outputs());
            sums.addAll(work.directions().sums(work.groups(), work.real(), work.realKnown()));
        }
        Outcome[] outcomes = new Outcome[works.size()];
        ParameterSet[] moves = new ParameterSet[sums.size()];
        try (Recording recording = runner.gradients(theta, chunks, sums.toArray(ParameterSet[]::new))) {
            runner.workers().forEach(outcomes.length, (i, worker) -> outcomes[i] = direct(works.get(i), moves));
            recording.tangents(moves, outputs);
        }
        return List.of(outcomes);
    }

    private Work begin(Problem problem, int number, int firstGroup) {
        Room room = rooms.computeIfAbsent(problem.batches(), b -> new Room(runner.graph(), b));
        Parts all = room.parts(problem.batches(), problem.prefixes(), runner.capacity());
        boolean known = problem.batches().real().knowsAll();
        if (number == directions.size()) {
            directions.add(new Directions(runner.graph(), distance, matched));
        }
        return new Work(problem, room, known ? all.synthetic() : all, known, directions.get(number), firstGroup);
    }

    /** Everything between the passes: the outcome, whose gradient is to come, and into {@code moves} the directions. */
    private Outcome direct(Work work, ParameterSet[] moves) {
        long start = System.nanoTime();
        DifferentiableGraph graph = runner.graph();
        RealBatch real = work.real();
        Room room = work.room();
        real.exchangeFeatures(graph, room.features().rows(0, real.size()), work.realKnown());
        real.gradientComputed();
        Prefixes prefixes = work.problem().prefixes();
        double[] distances = new double[prefixes.measured().length];
        ParameterSet[] own = new ParameterSet[work.groups()];
        Losses losses = work.directions().take(real.gradient(graph), work.parts(), prefixes, distances, own);
        System.arraycopy(own, 0, moves, work.firstGroup(), own.length);
        graph.backend().vectors().fill(room.gradient(), 0);
        runner.phases().add(Phase.DISTANCE, System.nanoTime() - start);
        return new Outcome(losses, room.gradient(), room.features(), distances);
    }
}
