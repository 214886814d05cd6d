package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.base.Workers;
import io.mdc.batch.ImageSource;
import io.mdc.batch.RealImages;
import io.mdc.data.ClassSampler;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Networks;
import io.mdc.engine.Sgd;
import io.mdc.engine.TrainingConfig;
import io.mdc.evaluate.PrefixImages;
import io.mdc.evaluate.RealAccuracy;
import io.mdc.evaluate.TrainingRecipe;
import io.mdc.network.NetworkChoice;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The metric accuracy (paper Table 5): a small network is trained from scratch on every prefix and measured on real
 * images.
 *
 * <p>These are training images: the test set must not have a say in what is condensed. They, and the seed of each
 * prefix's network, are the same at every selection, so that measurements differ by S alone.
 */
final class PrefixAccuracies {
    private final CondenseConfig config;
    private final Dataset data;
    private final Workers workers;
    private final TrainingRecipe recipe;
    private final RealImages real;
    private final int[] measured;
    private final ChunkedGraph[] runners;
    private final RealAccuracy[] accuracies;

    private PrefixAccuracies(CondenseTask task) {
        config = task.config();
        data = task.data();
        ChunkedGraph runner = task.runner();
        workers = runner.workers();
        TrainingConfig training = config.training();
        recipe = new TrainingRecipe(
                training.netLr(),
                new Sgd(training.netMomentum(), training.netDecay()),
                training.augmentTrain(),
                training.cutmixTrain(),
                config.loop().batchTrain());
        real = new RealImages(task.backend().images(), data.train(), data.normalization());
        measured = drawn(data.train(), config.accuracy().accuracyImages(), config.seed());
        NetworkChoice small =
                config.network().network().withWidth(config.accuracy().accuracyWidth());
        ImageSet images = data.train();
        DifferentiableGraph graph = Networks.graph(
                small, config.network(), images.channels(), images.height(), data.classes(), task.backend());
        runners = new ChunkedGraph[task.backend().networksAtOnce(workers.threads())];
        Arrays.setAll(runners, worker -> new ChunkedGraph(graph, new Workers(1), runner.capacity()));
        accuracies = new RealAccuracy[runners.length];
    }

    /** What measures for all that share their settings with this task. */
    static PrefixAccuracies of(CondenseTask task) {
        CondenseConfig config = task.config();
        return task.sharing()
                .part(
                        PrefixAccuracies.class,
                        () -> new PrefixAccuracies(task),
                        config.accuracy(),
                        config.network(),
                        config.training(),
                        config.loop(),
                        config.seed());
    }

    /** As many of each class, or all that it has, class by class. */
    private static int[] drawn(ImageSet images, int count, long seed) {
        int ofClass = (count + images.classes() - 1) / images.classes();
        return IntStream.range(0, images.classes())
                .flatMap(label -> Arrays.stream(new ClassSampler(images, label, Seeds.derive(seed, "accuracy-images"))
                        .batch(0, Math.min(ofClass, images.indicesOfClass(label).length))))
                .toArray();
    }

    /**
     * Measures all prefixes.
     *
     * @param factor multi-formation factor of the images
     * @param percent told, on any thread, how much of the training is done
     * @param stop asked after every epoch of every network
     * @return for every class, the shares of its real images that networks trained on S[1], S[2], …, S[N − 1] put into
     *     another class
     * @throws CancellationException if {@code stop} said so
     */
    double[][] misses(SyntheticSet images, int factor, LongConsumer percent, BooleanSupplier stop) {
        PrefixImages prefixes = prefixes(images, factor);
        int count = images.ipc() - 1;
        int epochs = config.accuracy().accuracyEpochs();
        long all = (long) epochs * smallest(images);
        AtomicLong done = new AtomicLong();
        percent.accept(0);
        double[][] misses = new double[images.classes()][count];
        workers.forEach(count, runners.length, (i, worker) -> {
            int n = count - i; // the longest first, so that threads end at the same time
            NetworkTrainer network = train(prefixes.prefix(n), epochs, n, worker, () -> {
                percent.accept(100 * done.addAndGet(n) / all);
                if (stop.getAsBoolean()) {
                    throw new CancellationException("selection interrupted");
                }
            });
            boolean[] right = accuracy(worker).right(network);
            double[] share = shares(right);
            for (int label = 0; label < share.length; label++) {
                misses[label][n - 1] = share[label];
            }
        });
        return misses;
    }

    private PrefixImages prefixes(SyntheticSet images, int factor) {
        return PrefixImages.of(images, factor, runners[0].graph().backend(), data.normalization());
    }

    private NetworkTrainer train(ImageSource images, int epochs, int n, int worker, Runnable epochDone) {
        long seed = Seeds.derive(config.seed(), "accuracy", n);
        return recipe.train(
                runners[worker], images, data.normalization(), epochs, seed, (network, done) -> epochDone.run());
    }

    /** Made when first needed, as it takes memory. */
    private RealAccuracy accuracy(int worker) {
        if (accuracies[worker] == null) {
            accuracies[worker] = new RealAccuracy(runners[worker], real, measured);
        }
        return accuracies[worker];
    }

    private double[] shares(boolean[] right) {
        double[] wrong = new double[data.classes()];
        int[] all = new int[data.classes()];
        for (int i = 0; i < right.length; i++) {
            int label = real.label(measured[i]);
            all[label]++;
            wrong[label] += right[i] ? 0 : 1;
        }
        Arrays.setAll(wrong, label -> wrong[label] / all[label]);
        return wrong;
    }

    /** Trains for an epoch on S[1] on each of the threads that {@link #misses} uses: a sample of its work. */
    void sample(SyntheticSet images, int factor) {
        PrefixImages first = prefixes(images, factor).prefix(1);
        int team = team(images);
        workers.forEach(team, runners.length, (i, worker) -> train(first, 1, 1, worker, () -> {}));
    }

    /** How many {@link #sample}s the trainings of {@link #misses} are. */
    double samples(SyntheticSet images) {
        return (double) smallest(images) * config.accuracy().accuracyEpochs() / team(images);
    }

    /** As many images as all prefixes have together, in those that the smallest has. */
    private static long smallest(SyntheticSet images) {
        return (long) images.ipc() * (images.ipc() - 1) / 2;
    }

    private int team(SyntheticSet images) {
        return Math.min(runners.length, images.ipc() - 1);
    }
}
