package io.mdc.evaluate;

import io.mdc.base.Seeds;
import io.mdc.base.Workers;
import io.mdc.batch.ImageSource;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Networks;
import io.mdc.network.Architecture;
import io.mdc.network.NetworkChoice;
import io.mdc.tensor.Backend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Trains networks on every asked prefix, several times each, and measures them on the test set.
 *
 * <p>Trainings are independent: each runs on a thread of its own, the longest first, so that all cores stay busy; where
 * there are fewer trainings than threads, each gets several.
 */
public final class PrefixEvaluator {
    /** Remembers finished trainings, so that an interrupted evaluation does not repeat them; called from any thread. */
    public interface Ledger {
        /** The accuracies of a training finished earlier, or null. */
        double[] known(Training training);

        /** Takes the accuracies of a training that has just finished, with the trained network. */
        void finished(Training training, double[] accuracies, NetworkTrainer trained);
    }

    private record Job(Training training, ImageSource images, int epochs, DifferentiableGraph graph) {
        /** Multiplications of one epoch. */
        long work() {
            return graph.operationsPerImage() * images.size();
        }
    }

    private final RunConfig config;
    private final Dataset data;
    private final Backend backend;
    private final int chunk;
    private final CondensedSet set;
    private final Map<NetworkChoice, DifferentiableGraph> graphs = new LinkedHashMap<>();
    private final List<Job> jobs = new ArrayList<>();

    /**
     * An evaluator of {@code set} by the settings of {@code config}, running networks in chunks of {@code chunk}
     * images.
     *
     * @throws io.mdc.setting.ConfigException if a network cannot be run or a size is larger than the set
     */
    public PrefixEvaluator(RunConfig config, Dataset data, Backend backend, int chunk, CondensedSet set) {
        this.config = config;
        this.data = data;
        this.backend = backend;
        this.chunk = chunk;
        this.set = set;
        int[] shape = set.shape();
        for (NetworkChoice choice : networks(config)) {
            graphs.put(choice, Networks.graph(choice, config.network(), shape[1], shape[2], set.classes(), backend));
        }
        plan();
    }

    /** The networks that are trained: those asked for, or else the one condensed with. */
    public static List<NetworkChoice> networks(RunConfig config) {
        List<NetworkChoice> asked = config.evaluation().networks();
        return asked.isEmpty()
                ? List.of(config.network().network())
                : asked.stream().distinct().toList();
    }

    private void plan() {
        for (int size : config.evaluation().sizes().resolve(set.ipc())) {
            ImageSource prefix = set.prefix(size, backend, data.normalization());
            int epochs = config.evaluation().epochs().of(size * set.factor() * set.factor());
            for (NetworkChoice choice : graphs.keySet()) {
                for (int repeat = 0; repeat < config.evaluation().repeats(); repeat++) {
                    jobs.add(new Job(new Training(choice, size, repeat), prefix, epochs, graphs.get(choice)));
                }
            }
        }
        jobs.sort(Comparator.comparingLong((Job job) -> -job.work() * job.epochs()));
    }

    /** The units that {@link #evaluate} counts: multiplications of forward passes over training images. */
    public long work() {
        return jobs.stream().mapToLong(job -> job.work() * job.epochs()).sum();
    }

    /**
     * Evaluates all prefixes.
     *
     * @param name what to call the run in the result
     * @param progress called, from any thread, with the work done so far
     * @param stop asked after every epoch of every network
     * @param ledger of trainings that need not be done again
     * @throws CancellationException if {@code stop} said so
     */
    public Evaluation evaluate(String name, LongConsumer progress, BooleanSupplier stop, Ledger ledger) {
        double[][] accuracies = train(progress, stop, ledger);
        List<PrefixResult> results = new ArrayList<>();
        for (NetworkChoice network : graphs.keySet()) {
            for (int size : config.evaluation().sizes().resolve(set.ipc())) {
                results.add(result(network, size, accuracies));
            }
        }
        int longest = jobs.stream().mapToInt(Job::epochs).max().orElse(0);
        Evaluation.Protocol protocol = new Evaluation.Protocol(
                longest,
                config.evaluation().repeats(),
                data.test().size(),
                widths(),
                config.network().depth(),
                config.seed());
        return new Evaluation(name, protocol, results);
    }

    private Map<String, Integer> widths() {
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (NetworkChoice choice : graphs.keySet()) {
            config.network().widthOf(choice).ifPresent(width -> widths.put(choice.toString(), width));
        }
        return widths;
    }

    private double[][] train(LongConsumer progress, BooleanSupplier stop, Ledger ledger) {
        int threads = config.compute().threadsOrCores();
        double[][] accuracies = new double[jobs.size()][];
        AtomicLong done = new AtomicLong();
        try (Workers team = new Workers(Math.min(threads, jobs.size()))) {
            team.forEach(jobs.size(), (i, worker) -> {
                Job job = jobs.get(i);
                accuracies[i] = ledger.known(job.training());
                if (accuracies[i] != null) {
                    progress.accept(done.addAndGet(job.work() * job.epochs()));
                    return;
                }
                try (Workers own = new Workers(Math.max(1, threads / jobs.size()))) {
                    TrainingRun run = new TrainingRun(config, data, new ChunkedGraph(job.graph(), own, chunk));
                    accuracies[i] = run.accuracies(job.images(), job.epochs(), seed(job.training()), epoch -> {
                        progress.accept(done.addAndGet(job.work()));
                        if (stop.getAsBoolean()) {
                            throw new CancellationException("evaluation interrupted");
                        }
                    });
                    ledger.finished(job.training(), accuracies[i], run.trainer());
                }
            });
        }
        return accuracies;
    }

    /** Networks of one kind get the same seeds in every evaluation, whatever others are evaluated beside them. */
    private long seed(Training training) {
        boolean convNet = training.network().architecture().equals(Optional.of(Architecture.CONVNET));
        String purpose = convNet ? "evaluation" : "evaluation-" + training.network();
        return Seeds.derive(config.seed(), purpose, training.size(), training.repeat());
    }

    private PrefixResult result(NetworkChoice network, int size, double[][] accuracies) {
        List<Double> last = new ArrayList<>();
        List<Double> best = new ArrayList<>();
        int images = 0;
        int epochs = 0;
        for (int repeat = 0; repeat < config.evaluation().repeats(); repeat++) {
            Training training = new Training(network, size, repeat);
            for (int i = 0; i < jobs.size(); i++) {
                if (jobs.get(i).training().equals(training)) {
                    last.add(accuracies[i][accuracies[i].length - 1]);
                    best.add(Arrays.stream(accuracies[i]).max().orElse(Double.NaN));
                    images = jobs.get(i).images().size();
                    epochs = jobs.get(i).epochs();
                }
            }
        }
        return new PrefixResult(network.toString(), size, images, epochs, Statistic.of(last), Statistic.of(best));
    }
}
