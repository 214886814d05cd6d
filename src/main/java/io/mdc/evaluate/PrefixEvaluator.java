package io.mdc.evaluate;

import io.mdc.augment.ImageSource;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.Seeds;
import io.mdc.network.ChunkedGraph;
import io.mdc.network.DifferentiableGraph;
import io.mdc.network.Networks;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Trains a ConvNet on every asked prefix, several times, and measures it on the test set.
 *
 * <p>Trainings are independent: each runs on a thread of its own, the longest first, so that all cores stay busy; where
 * there are fewer trainings than threads, each gets several.
 */
public final class PrefixEvaluator {
    /** Remembers finished trainings, so that an interrupted evaluation does not repeat them; called from any thread. */
    public interface Ledger {
        /** The accuracies of a training finished earlier, or null. */
        double[] known(int size, int repeat);

        /** Takes the accuracies of a training that has just finished. */
        void finished(int size, int repeat, double[] accuracies);
    }

    /** One network to train. */
    private record Job(int size, int repeat, ImageSource images) {}

    private final RunConfig config;
    private final Dataset data;
    private final Backend backend;
    private final int chunk;

    /** An evaluator by the settings of {@code config}, running networks in chunks of {@code chunk} images. */
    public PrefixEvaluator(RunConfig config, Dataset data, Backend backend, int chunk) {
        this.config = config;
        this.data = data;
        this.backend = backend;
        this.chunk = chunk;
    }

    /** The units that {@link #evaluate} counts: images that networks are trained on. */
    public long work(CondensedSet set) {
        long images = config.evaluation().sizes().resolve(set.ipc()).stream()
                .mapToLong(size -> (long) size * set.factor() * set.factor() * set.classes())
                .sum();
        return images * config.evaluation().epochs() * config.evaluation().repeats();
    }

    /**
     * Evaluates all prefixes.
     *
     * @param name what to call the run in the result
     * @param set the condensed set
     * @param progress called, from any thread, with the images trained on so far
     * @param stop asked after every epoch of every network
     * @param ledger of trainings that need not be done again
     * @throws CancellationException if {@code stop} said so
     */
    public Evaluation evaluate(
            String name, CondensedSet set, LongConsumer progress, BooleanSupplier stop, Ledger ledger) {
        List<Integer> sizes = config.evaluation().sizes().resolve(set.ipc());
        List<Job> jobs = jobs(set, sizes);
        DifferentiableGraph graph = Networks.graph(
                config.network().network(), config.network(), set.shape()[1], set.shape()[2], set.classes(), backend);
        double[][] accuracies = train(jobs, graph, progress, stop, ledger);
        List<PrefixResult> results = new ArrayList<>();
        for (int size : sizes) {
            results.add(result(size, jobs, accuracies));
        }
        Evaluation.Protocol protocol = new Evaluation.Protocol(
                config.evaluation().epochs(),
                config.evaluation().repeats(),
                data.test().size(),
                config.network().widthOf(config.network().network()).orElse(0),
                config.network().depth(),
                config.seed());
        return new Evaluation(name, protocol, results);
    }

    private List<Job> jobs(CondensedSet set, List<Integer> sizes) {
        Map<Integer, ImageSource> prefixes = new HashMap<>();
        List<Job> jobs = new ArrayList<>();
        for (int size : sizes) {
            prefixes.put(size, set.prefix(size, backend, data.normalization()));
            for (int repeat = 0; repeat < config.evaluation().repeats(); repeat++) {
                jobs.add(new Job(size, repeat, prefixes.get(size)));
            }
        }
        jobs.sort(Comparator.comparingInt((Job job) -> -job.size()));
        return jobs;
    }

    private double[][] train(
            List<Job> jobs, DifferentiableGraph graph, LongConsumer progress, BooleanSupplier stop, Ledger ledger) {
        int threads = config.engine().threadsOrCores();
        double[][] accuracies = new double[jobs.size()][];
        AtomicLong trained = new AtomicLong();
        try (Workers team = new Workers(Math.min(threads, jobs.size()))) {
            team.forEach(jobs.size(), (i, worker) -> {
                Job job = jobs.get(i);
                accuracies[i] = ledger.known(job.size(), job.repeat());
                if (accuracies[i] != null) {
                    long images =
                            (long) job.images().size() * config.evaluation().epochs();
                    progress.accept(trained.addAndGet(images));
                    return;
                }
                try (Workers own = new Workers(Math.max(1, threads / jobs.size()))) {
                    accuracies[i] = new TrainingRun(config, data, new ChunkedGraph(graph, own, chunk))
                            .accuracies(job.images(), seed(job), epoch -> {
                                progress.accept(trained.addAndGet(job.images().size()));
                                if (stop.getAsBoolean()) {
                                    throw new CancellationException("evaluation interrupted");
                                }
                            });
                }
                ledger.finished(job.size(), job.repeat(), accuracies[i]);
            });
        }
        return accuracies;
    }

    private long seed(Job job) {
        return Seeds.derive(config.seed(), "evaluation", job.size(), job.repeat());
    }

    private static PrefixResult result(int size, List<Job> jobs, double[][] accuracies) {
        List<Double> last = new ArrayList<>();
        List<Double> best = new ArrayList<>();
        int images = 0;
        for (int i = 0; i < jobs.size(); i++) {
            if (jobs.get(i).size() == size) {
                last.add(accuracies[i][accuracies[i].length - 1]);
                best.add(Arrays.stream(accuracies[i]).max().orElse(Double.NaN));
                images = jobs.get(i).images().size();
            }
        }
        return new PrefixResult("convnet", size, images, Statistic.of(last), Statistic.of(best));
    }
}
