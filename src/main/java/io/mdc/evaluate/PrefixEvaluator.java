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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trains networks on every asked prefix, several times each, and measures them on the test set.
 *
 * <p>Trials are independent: each runs on a thread of its own, the longest first, so that all cores stay busy; where
 * there are fewer trials than threads, each gets several.
 */
public final class PrefixEvaluator {
    /** One network on one prefix: a line of the results. */
    private record Cell(NetworkChoice network, int size, ImageSource images, int epochs, DifferentiableGraph graph) {
        /** Multiplications of one epoch. */
        long epochWork() {
            return graph.operationsPerImage() * images.size();
        }

        /** Multiplications of one trial. */
        long work() {
            return epochWork() * epochs;
        }
    }

    private record Planned(Trial trial, Cell cell) {}

    private final EvaluationSettings settings;
    private final Dataset data;
    private final Compute compute;
    private final List<Cell> cells = new ArrayList<>();

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
            DifferentiableGraph graph = Networks.graph(
                    network, settings.network(), set.channels(), set.height(), set.classes(), compute.backend());
            for (int size : sizes) {
                int epochs = evaluation.epochs().of(size * set.factor() * set.factor());
                cells.add(new Cell(network, size, images.prefix(size), epochs, graph));
            }
        }
    }

    /** The units that {@link #evaluate} counts: multiplications of forward passes over training images. */
    public long work() {
        return cells.stream()
                .mapToLong(cell -> trials(cell).count() * cell.work())
                .sum();
    }

    /**
     * Evaluates all prefixes.
     *
     * @param name what to call the run in the result
     * @param progress called, from any thread, with the work done so far
     * @param stop asked after every epoch of every network
     * @param ledger of trials that need not be made again
     * @throws CancellationException if {@code stop} said so
     */
    public Evaluation evaluate(String name, LongConsumer progress, BooleanSupplier stop, TrialLedger ledger) {
        Map<Trial, Accuracies> accuracies = train(progress, stop, ledger);
        Evaluation.Protocol protocol = new Evaluation.Protocol(
                cells.stream().mapToInt(Cell::epochs).max().orElse(0),
                settings.evaluation().repeats(),
                data.test().size(),
                settings.widths(),
                settings.network().depth(),
                settings.seed());
        List<PrefixResult> results =
                cells.stream().map(cell -> result(cell, accuracies)).toList();
        return new Evaluation(name, protocol, results);
    }

    private Map<Trial, Accuracies> train(LongConsumer progress, BooleanSupplier stop, TrialLedger ledger) {
        Map<Trial, Accuracies> accuracies = new ConcurrentHashMap<>();
        AtomicLong done = new AtomicLong();
        List<Planned> left = new ArrayList<>();
        for (Planned planned : longestFirst()) {
            Optional<Accuracies> known = ledger.known(planned.trial());
            if (known.isPresent()) {
                accuracies.put(planned.trial(), known.get());
                progress.accept(done.addAndGet(planned.cell().work()));
            } else {
                left.add(planned);
            }
        }
        int threads = Math.max(1, compute.workers().threads() / Math.max(1, left.size()));
        compute.workers().forEach(left.size(), (i, worker) -> {
            Planned planned = left.get(i);
            TrainingRecipe.Trained trained = train(planned, threads, () -> {
                progress.accept(done.addAndGet(planned.cell().epochWork()));
                if (stop.getAsBoolean()) {
                    throw new CancellationException("evaluation interrupted");
                }
            });
            ledger.finished(planned.trial(), trained.accuracies(), trained.network());
            accuracies.put(planned.trial(), trained.accuracies());
        });
        return accuracies;
    }

    private List<Planned> longestFirst() {
        return cells.stream()
                .flatMap(cell -> trials(cell).map(trial -> new Planned(trial, cell)))
                .sorted(Comparator.comparingLong(
                                (Planned planned) -> planned.cell().work())
                        .reversed())
                .toList();
    }

    /** Trains on threads of its own; the arrays it works in are its own too. */
    private TrainingRecipe.Trained train(Planned planned, int threads, Runnable epochDone) {
        Cell cell = planned.cell();
        try (Workers own = new Workers(threads)) {
            return new TrainingRecipe(settings, data)
                    .train(
                            new ChunkedGraph(cell.graph(), own, compute.chunk()),
                            cell.images(),
                            cell.epochs(),
                            seed(planned.trial()),
                            epochDone);
        }
    }

    private Stream<Trial> trials(Cell cell) {
        return IntStream.range(0, settings.evaluation().repeats())
                .mapToObj(repeat -> new Trial(cell.network(), cell.size(), repeat));
    }

    /** Networks of one kind get the same seeds in every evaluation, whatever others are evaluated beside them. */
    private long seed(Trial trial) {
        boolean convNet = trial.network().architecture().equals(Optional.of(Architecture.CONVNET));
        String purpose = convNet ? "evaluation" : "evaluation-" + trial.network();
        return Seeds.derive(settings.seed(), purpose, trial.size(), trial.repeat());
    }

    private PrefixResult result(Cell cell, Map<Trial, Accuracies> accuracies) {
        List<Accuracies> runs = trials(cell).map(accuracies::get).toList();
        return new PrefixResult(
                cell.network().toString(),
                cell.size(),
                cell.images().size(),
                cell.epochs(),
                Statistic.of(runs.stream().map(Accuracies::last).toList()),
                Statistic.of(runs.stream().map(Accuracies::best).toList()));
    }
}
