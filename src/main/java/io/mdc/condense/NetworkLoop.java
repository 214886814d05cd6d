package io.mdc.condense;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Dataset;
import io.mdc.data.ShuffledSampler;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.ParameterSet;
import io.mdc.engine.Phase;
import io.mdc.engine.Phases;
import io.mdc.engine.Sgd;
import io.mdc.engine.TrainingConfig;
import io.mdc.tensor.VectorOps;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The network θ whose gradients are matched: drawn anew for every outer loop, trained on real images in every inner
 * loop (Algorithm 1, lines 4 and 10).
 *
 * <p>{@code n-data} is rounded up to whole batches and limited to the whole data set, as in the authors' code.
 */
final class NetworkLoop {
    private final CondenseConfig config;
    private final VectorOps vectors;
    private final Phases phases;
    private final NetworkTrainer trainer;
    private final TrainingBatch batch;
    private final RealImages source;
    private final ShuffledSampler sampler;
    private final Augmentation augmentation;
    private final CutMix cutMix;
    private final int batches;

    NetworkLoop(CondenseConfig config, Dataset data, ChunkedGraph runner) {
        this.config = config;
        vectors = runner.graph().backend().vectors();
        phases = runner.phases();
        TrainingConfig training = config.training();
        trainer = new NetworkTrainer(runner, new Sgd(training.netMomentum(), training.netDecay()));
        source = new RealImages(runner.graph().backend().images(), data.train(), data.normalization());
        sampler = new ShuffledSampler(source.size(), config.seed());
        augmentation = new Augmentation(training.augmentTrain(), data.normalization());
        cutMix = new CutMix(training.cutmixTrain());
        int size = config.loop().batchTrain();
        int wanted = Math.min(config.loop().nData(), source.size());
        batches = (wanted + size - 1) / size;
        batch = new TrainingBatch(runner.graph().backend(), size, runner.graph().imageShape(), data.classes());
    }

    ParameterSet weights() {
        return trainer.weights();
    }

    ParameterSet velocity() {
        return trainer.velocity();
    }

    int batches() {
        return batches;
    }

    /** Draws new weights for outer loop {@code t}. */
    void renew(int t) {
        Initializer.initialize(trainer.weights(), Seeds.generator(config.seed(), "weights", t));
        vectors.fill(trainer.velocity().flat(), 0);
    }

    /**
     * Trains the new network of outer loop {@code t} on all real images for as many epochs as the settings say.
     *
     * @param observer told of every batch
     * @param stop asked after every batch
     * @return false if {@code stop} said so
     */
    boolean warmUp(int t, CondenseObserver observer, BooleanSupplier stop) {
        long seed = Seeds.derive(config.seed(), "warm-up", t);
        ShuffledSampler order = new ShuffledSampler(source.size(), seed);
        long all = (long) config.loop().warmUp() * ((source.size() + batch.size() - 1) / batch.size());
        for (long b = 0; b < all; b++) {
            RandomGenerator random = Seeds.generator(seed, "augment", b);
            batch.fill(source, order.batch(b * batch.size(), batch.size()), augmentation, cutMix, random);
            trainer.step(batch, config.training().netLr());
            observer.warmingUp(t, b + 1, all);
            if (stop.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** Trains on the next images and returns the mean loss; NaN if there is nothing to train on. */
    double train(int t, int e) {
        double total = 0;
        for (int b = 0; b < batches; b++) {
            total += step(t, e, b);
        }
        return total / batches;
    }

    /** The first step of {@link #train}. */
    void trainOnce(int t, int e) {
        step(t, e, 0);
    }

    private double step(int t, int e, int b) {
        long loop = (long) (t - 1) * config.loop().inner() + e - 1;
        long position = (loop * batches + b) * batch.size();
        RandomGenerator random = Seeds.generator(config.seed(), "augment-train", t, e, b);
        phases.time(
                Phase.AUGMENTATION,
                () -> batch.fill(source, sampler.batch(position, batch.size()), augmentation, cutMix, random));
        return trainer.step(batch, config.training().netLr());
    }
}
