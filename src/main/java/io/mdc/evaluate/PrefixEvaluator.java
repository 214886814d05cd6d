package io.mdc.evaluate;

import io.mdc.backend.Compute;
import io.mdc.base.Seeds;
import io.mdc.base.Workers;
import io.mdc.batch.ImageSource;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Networks;
import io.mdc.network.Architecture;
import io.mdc.network.NetworkChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains networks on every asked prefix, several times each, and measures them on the test set.
 *
 * <p>Trials are independent; a {@link TrialQueue} makes them, and those of other evaluations beside them.
 */
public final class PrefixEvaluator {
    /** A cell with what its network is trained by and on. */
    record Work(Cell cell, ImageSource images, DifferentiableGraph graph) {
        /** Multiplications of one epoch. */
        long ofEpoch() {
            return graph.operationsPerImage() * images.size();
        }

        /** Multiplications of one trial. */
        long ofTrial() {
            return ofEpoch() * cell.epochs();
        }
    }

    /** A trial with what it takes. */
    record Planned(Trial trial, Work work) {}

    private final EvaluationSettings settings;
    private final Dataset data;
    private final Compute compute;
    private final List<Work> works = new ArrayList<>();

    /**
     * An evaluator of {@code set}; nothing is trained yet.
     *
     * @param data real images to measure on, of the same shape and classes as the set's
     * @param compute threads, backend and chunk to train with
     * @throws io.mdc.setting.ConfigException if a network cannot be run or a size is larger than the set
     */
    public PrefixEvaluator(EvaluationSettings settings, Dataset data, Compute compute, CondensedSet set) {
        this.settings = settings;
        this.data = data;
        this.compute = compute;
        EvaluationConfig evaluation = settings.evaluation();
        List<Integer> sizes = evaluation.sizes().resolve(set.ipc());
        PrefixImages images = PrefixImages.whole(set, compute.backend(), data.normalization());
        for (NetworkChoice network : settings.networks()) {
            DifferentiableGraph graph = graph(network, settings, data, compute);
            for (int size : sizes) {
                int epochs = evaluation.epochs().of(size * set.factor() * set.factor());
                ImageSource prefix = images.prefix(size);
                works.add(new Work(
                        new Cell(network, settings.network().widthOf(network), size, prefix.size(), epochs),
                        prefix,
                        graph));
            }
        }
    }

    /**
     * Makes sure that the networks asked for can be trained on sets of the same shape and classes as the data.
     *
     * @throws io.mdc.setting.ConfigException if one cannot
     */
    public static void requireRunnable(EvaluationSettings settings, Dataset data, Compute compute) {
        settings.networks().forEach(network -> graph(network, settings, data, compute));
    }

    private static DifferentiableGraph graph(
            NetworkChoice network, EvaluationSettings settings, Dataset data, Compute compute) {
        return Networks.graph(
                network,
                settings.network(),
                data.test().channels(),
                data.test().height(),
                data.classes(),
                compute.backend());
    }

    /** The units that {@link TrialQueue#run} counts: multiplications of forward passes over training images. */
    public long work() {
        return works.stream()
                .mapToLong(work -> settings.evaluation().repeats() * work.ofTrial())
                .sum();
    }

    /** All trials that are asked for. */
    List<Planned> planned() {
        return works.stream()
                .flatMap(work -> IntStream.range(0, settings.evaluation().repeats())
                        .mapToObj(repeat -> new Planned(new Trial(work.cell(), repeat), work)))
                .toList();
    }

    /** Trains on threads of its own; the arrays it works in are its own too. */
    TrialTraining.Trained train(Planned planned, int threads, Runnable epochDone) {
        Work work = planned.work();
        try (Workers own = new Workers(threads)) {
            return new TrialTraining(settings, data)
                    .train(
                            new ChunkedGraph(work.graph(), own, compute.chunk()),
                            work.images(),
                            work.cell().epochs(),
                            seed(planned.trial()),
                            epochDone);
        }
    }

    /** Networks of one kind get the same seeds in every evaluation, whatever others are evaluated beside them. */
    private long seed(Trial trial) {
        NetworkChoice network = trial.cell().network();
        boolean convNet = network.architecture().equals(Optional.of(Architecture.CONVNET));
        String purpose = convNet ? "evaluation" : "evaluation-" + network;
        return Seeds.derive(settings.seed(), purpose, trial.cell().size(), trial.repeat());
    }
}
