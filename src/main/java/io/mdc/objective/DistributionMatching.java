package io.mdc.objective;

import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Cotangent;
import io.mdc.engine.Phase;
import io.mdc.engine.Recording;
import io.mdc.engine.Site;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
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
 * distance. All problems go through the same two passes.
 */
public final class DistributionMatching implements Objective {
    private final ChunkedGraph runner;
    private final List<MeanDifferences> differences = new ArrayList<>();
    private final Map<Batches, Room> rooms = new HashMap<>();

    /** One of the problems on its way. */
    private record Work(Problem problem, Room room, Parts parts, boolean realKnown, MeanDifferences differences) {}

    /** Matching of the features of a network whose samples must not interact. */
    public DistributionMatching(ChunkedGraph runner) {
        this.runner = runner;
    }

    @Override
    public List<Outcome> evaluate(ParameterSet theta, List<Problem> problems) {
        List<Work> works = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        List<Cotangent> heads = new ArrayList<>();
        List<Tensor> outputs = new ArrayList<>();
        for (Problem problem : problems) {
            Work work = begin(problem, works.size());
            works.add(work);
            List<Chunk> real = work.parts().chunks().subList(0, work.parts().realChunks());
            chunks.addAll(real);
            heads.addAll(Collections.nCopies(real.size(), null));
            outputs.addAll(Collections.nCopies(real.size(), null));
        }
        for (Work work : works) {
            work.parts().synthetic().chunks().forEach(chunk -> chunks.add(chunk.ofGroup(0)));
            heads.addAll(heads(work));
            outputs.addAll(work.parts().synthetic().outputs());
        }
        Outcome[] outcomes = new Outcome[works.size()];
        try (Recording recording = runner.forward(theta, chunks, Site.FEATURES)) {
            runner.workers().forEach(outcomes.length, (i, worker) -> outcomes[i] = compare(works.get(i)));
            recording.backward(heads, outputs);
        }
        return List.of(outcomes);
    }

    private Work begin(Problem problem, int number) {
        Batches batches = problem.batches();
        Room room = rooms.computeIfAbsent(batches, b -> new Room(runner.graph(), b));
        boolean known = batches.real().knowsFeatures();
        // Only where images begin to move matters to the passes; means are made of the features.
        Parts all = room.parts(batches, new Prefixes(0, problem.prefixes().frozen()), runner.capacity());
        if (number == differences.size()) {
            differences.add(new MeanDifferences(runner.graph()));
        }
        return new Work(problem, room, known ? all.synthetic() : all, known, differences.get(number));
    }

    /** Everything between the passes: the outcome, whose gradient is to come, and the cotangents it starts from. */
    private Outcome compare(Work work) {
        long start = System.nanoTime();
        RealBatch real = work.problem().batches().real();
        Prefixes prefixes = work.problem().prefixes();
        Room room = work.room();
        Tensor features = room.features();
        Tensor ofReal = features.rows(0, real.size());
        real.exchangeFeatures(runner.graph(), ofReal, work.realKnown());
        MeanDifferences.Found found = work.differences()
                .take(ofReal, features.rows(real.size(), features.dim(0)), prefixes, room.cotangents());
        runner.graph().backend().vectors().fill(room.gradient(), 0);
        runner.phases().add(Phase.DISTANCE, System.nanoTime() - start);
        return new Outcome(found::losses, room.gradient(), features, found.measured());
    }

    /** A head for every chunk of synthetic images. */
    private static List<Cotangent> heads(Work work) {
        List<Cotangent> heads = new ArrayList<>();
        int start = 0;
        for (Chunk chunk : work.parts().synthetic().chunks()) {
            heads.add(new Cotangent(Site.FEATURES, work.room().cotangents().rows(start, start + chunk.size())));
            start += chunk.size();
        }
        return heads;
    }
}
