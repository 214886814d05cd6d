package io.mdc.objective;

import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Phase;
import io.mdc.engine.Recording;
import io.mdc.engine.Samples;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.GradientDistance;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link GradientMatching} on a backend that takes several groups of samples: the images of all problems go through
 * each pass as one batch, those of each problem's real images and of each part of its synthetic ones being a group,
 * first the real ones, then the parts of each problem in turn. Frozen images go along, as that costs less than passes
 * of their own, and their gradient is not taken.
 */
final class MatchingTogether implements Objective {
    private final ChunkedGraph runner;
    private final DirectionsTogether directions;
    private final Map<Batches, Room> rooms = new HashMap<>();
    private final SetsRoom sums;

    MatchingTogether(ChunkedGraph runner, GradientDistance distance, List<Integer> matched) {
        this.runner = runner;
        sums = new SetsRoom(runner.graph());
        directions = new DirectionsTogether(runner.graph(), distance, matched);
    }

    /** The chunks of all problems, and where their image gradients go. */
    private static final class Cut {
        private final List<Chunk> chunks = new ArrayList<>();
        private final List<Tensor> outputs = new ArrayList<>();
        private int groups;

        void add(List<Chunk> some, Tensor gradient) {
            int row = 0;
            for (Chunk chunk : some) {
                chunks.add(chunk);
                outputs.add(gradient == null ? null : gradient.rows(row, row + chunk.size()));
                row += chunk.size();
            }
        }
    }

    @Override
    public List<Outcome> evaluate(ParameterSet theta, List<Problem> problems) {
        boolean[] known = new boolean[problems.size()];
        Cut cut = new Cut();
        for (Problem problem : problems) {
            known[cut.groups] = problem.batches().real().knowsAll();
            if (!known[cut.groups]) {
                addReal(problem, cut);
            }
            cut.groups++;
        }
        problems.forEach(problem -> addSynthetic(problem, cut));
        ParameterSet gradients = sums.of(cut.groups);
        try (Recording recording = runner.gradients(theta, cut.chunks, gradients)) {
            long start = System.nanoTime();
            for (int i = 0; i < known.length; i++) {
                exchange(problems.get(i), gradients.rows().rows(i, i + 1), known[i]);
            }
            DirectionsTogether.Result result = directions.take(gradients, problems);
            runner.phases().add(Phase.DISTANCE, System.nanoTime() - start);
            recording.tangents(new ParameterSet[] {result.moves()}, cut.outputs);
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < known.length; i++) {
                Room room = room(problems.get(i));
                outcomes.add(new Outcome(result.losses(i), room.gradient(), room.features(), result.measured(i)));
            }
            return outcomes;
        }
    }

    private Room room(Problem problem) {
        return rooms.computeIfAbsent(problem.batches(), b -> new Room(runner.graph(), b));
    }

    private void addReal(Problem problem, Cut cut) {
        RealBatch real = problem.batches().real();
        Tensor features = room(problem).features().rows(0, real.size());
        Samples samples = new Samples(real.images(), real.targets(), features, 1.0 / real.size());
        cut.add(samples.fewest(0, real.size(), runner.capacity(), cut.groups, false), null);
    }

    private void addSynthetic(Problem problem, Cut cut) {
        int real = problem.batches().real().size();
        LabelledImages synthetic = problem.batches().synthetic();
        Room room = room(problem);
        Tensor features = room.features().rows(real, real + synthetic.size());
        Samples samples = new Samples(synthetic.images(), synthetic.targets(), features, 1.0 / synthetic.size());
        int from = 0;
        for (int end : Parts.ends(problem.prefixes(), synthetic.size())) {
            boolean frozen = end <= problem.prefixes().frozen();
            Tensor gradient = room.gradient().rows(from, end);
            if (frozen) {
                runner.graph().backend().vectors().fill(gradient, 0);
            }
            cut.add(samples.fewest(from, end, runner.capacity(), cut.groups++, true), frozen ? null : gradient);
            from = end;
        }
    }

    private void exchange(Problem problem, Tensor gradient, boolean known) {
        DifferentiableGraph graph = runner.graph();
        RealBatch real = problem.batches().real();
        real.exchangeFeatures(graph, room(problem).features().rows(0, real.size()), known);
        real.exchangeGradient(graph, gradient, known);
    }
}
