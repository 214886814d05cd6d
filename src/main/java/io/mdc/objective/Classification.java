package io.mdc.objective;

import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Head;
import io.mdc.engine.Recording;
import io.mdc.engine.Site;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weighted mean cross-entropy of the synthetic images that are not frozen, and its image gradient; it does not look
 * at real images, and prefixes have no loss or distance of their own.
 */
public final class Classification implements Objective {
    private final ChunkedGraph runner;
    private final double weight;
    private final Map<Batches, Room> rooms = new HashMap<>();
    private final Map<Batches, Tensor> probabilities = new HashMap<>();

    /**
     * A loss that counts {@code weight} times.
     *
     * @param runner runs the network whose samples must not interact
     */
    public Classification(ChunkedGraph runner, double weight) {
        this.runner = runner;
        this.weight = weight;
    }

    @Override
    public List<Outcome> evaluate(ParameterSet theta, List<Problem> problems) {
        List<Chunk> chunks = new ArrayList<>();
        List<Tensor> outputs = new ArrayList<>();
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            Problem problem = problems.get(i);
            Batches batches = problem.batches();
            Parts parts = room(problem)
                    .parts(batches, new Prefixes(0, problem.prefixes().frozen()), runner.capacity())
                    .synthetic();
            for (Chunk chunk : parts.chunks()) {
                chunks.add(chunk.ofGroup(i));
            }
            outputs.addAll(parts.outputs());
            heads.addAll(heads(batches, parts));
            runner.graph().backend().vectors().fill(room(problem).gradient(), 0);
        }
        Numbers losses;
        try (Recording recording = runner.forward(theta, chunks, Site.LOGITS)) {
            losses = recording.backward(heads, outputs);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            Problem problem = problems.get(i);
            double[] distances = new double[problem.prefixes().measured().length];
            Arrays.fill(distances, Double.NaN);
            Room room = room(problem);
            int group = i;
            outcomes.add(new Outcome(
                    () -> new Losses(losses.get()[group], 0), room.gradient(), room.features(), Numbers.of(distances)));
        }
        return outcomes;
    }

    private Room room(Problem problem) {
        return rooms.computeIfAbsent(problem.batches(), b -> new Room(runner.graph(), b));
    }

    private List<Head> heads(Batches batches, Parts parts) {
        Tensor room = probabilities.computeIfAbsent(
                batches,
                b -> runner.graph().backend().zeros(b.synthetic().targets().shape()));
        List<Head> heads = new ArrayList<>();
        int start = 0;
        for (Chunk chunk : parts.chunks()) {
            int end = start + chunk.size();
            heads.add(Head.crossEntropy(chunk.targets(), weight * chunk.weight(), room.rows(start, end)));
            start = end;
        }
        return heads;
    }
}
