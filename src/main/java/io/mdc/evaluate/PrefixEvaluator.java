package io.mdc.evaluate;

import io.mdc.backend.Compute;
import io.mdc.base.Seeds;
import io.mdc.base.Workers;
import io.mdc.batch.ImageSource;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Networks;
import io.mdc.network.Architecture;
import io.mdc.network.NetworkChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains networks on every asked prefix, several times each, and measures them on the test set.
 *
 * <p>Trials are independent; a {@link TrialQueue} makes them, and those of other evaluations beside them.
 */
public final class PrefixEvaluator {
    /** A cell with what its network is trained by and on, and what its seeds are made of. */
    record Work(Cell cell, ImageSource images, DifferentiableGraph graph, String purpose) {
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

    /** What networks are trained on. */
    @FunctionalInterface
    public interface Images {
        /**
         * The training images of a trial, normalised as they are loaded.
         *
         * @param size images per class, stored ones if a stored image holds several
         * @param repeat from 0
         */
        ImageSource of(int size, int repeat);
    }

    private final EvaluationSettings settings;
    private final Dataset data;
    private final Compute compute;
    private final List<Planned> planned = new ArrayList<>();

    /**
     * An evaluator of {@code set}; nothing is trained yet.
     *
     * @param data real images to measure on, of the same shape and classes as the set's
     * @param compute threads, backend and chunk to train with
     * @throws io.mdc.setting.ConfigException if a network cannot be run or a size is larger than the set
     */
    public PrefixEvaluator(EvaluationSettings settings, Dataset data, Compute compute, CondensedSet set) {
        this(
                settings,
                data,
                compute,
                settings.evaluation().sizes().resolve(set.ipc()),
                set.factor() * set.factor(),
                prefixes(PrefixImages.whole(set, compute.backend(), data.normalization())));
    }

    /**
     * An evaluator of images that are not a condensed set's, trained on and measured as if they were.
     *
     * @param sizes numbers of images per class, as {@code images} is asked for them
     * @param tiles training images that one of these stands for
     * @throws io.mdc.setting.ConfigException if a network cannot be run
     */
    public PrefixEvaluator(
            EvaluationSettings settings, Dataset data, Compute compute, List<Integer> sizes, int tiles, Images images) {
        this.settings = settings;
        this.data = data;
        this.compute = compute;
        for (NetworkChoice network : settings.networks()) {
            DifferentiableGraph graph = graph(network, settings, data, compute);
            String purpose = purpose(network);
            for (int size : sizes) {
                int epochs = settings.evaluation().epochs().of(size * tiles);
                for (int repeat = 0; repeat < settings.evaluation().repeats(); repeat++) {
                    ImageSource source = images.of(size, repeat);
                    Cell cell = new Cell(network, settings.network().widthOf(network), size, source.size(), epochs);
                    planned.add(new Planned(new Trial(cell, repeat), new Work(cell, source, graph, purpose)));
                }
            }
        }
    }

    private static Images prefixes(PrefixImages whole) {
        return (size, repeat) -> whole.prefix(size);
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
        return planned.stream().mapToLong(trial -> trial.work().ofTrial()).sum();
    }

    /** How many of so many threads may make a trial at once. */
    int networksAtOnce(int threads) {
        return compute.backend().networksAtOnce(threads);
    }

    /** The trials that are asked for, by network, size and repeat. */
    public List<Trial> trials() {
        return planned.stream().map(Planned::trial).toList();
    }

    /** All trials that are asked for. */
    List<Planned> planned() {
        return List.copyOf(planned);
    }

    /** Trains on threads of its own; the arrays it works in are its own too. */
    TrialTraining.Trained train(Planned trial, int threads, Runnable epochDone) {
        Work work = trial.work();
        try (Workers own = new Workers(threads)) {
            return new TrialTraining(settings, data)
                    .train(
                            new ChunkedGraph(work.graph(), own, compute.chunk()),
                            work.images(),
                            work.cell().epochs(),
                            Seeds.derive(
                                    settings.seed(),
                                    work.purpose(),
                                    work.cell().size(),
                                    trial.trial().repeat()),
                            epochDone);
        }
    }

    /**
     * Networks of one kind, or of equal files, get the same seeds in every evaluation, whatever others are evaluated
     * beside them.
     */
    private static String purpose(NetworkChoice network) {
        if (network.architecture().equals(Optional.of(Architecture.CONVNET))) {
            return "evaluation";
        }
        return "evaluation-"
                + network.file().map(file -> SourceFile.of(file).sha256()).orElseGet(network::toString);
    }
}
