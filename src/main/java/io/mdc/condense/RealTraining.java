package io.mdc.condense;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Dataset;
import io.mdc.data.ShuffledSampler;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Phase;
import io.mdc.engine.Phases;
import io.mdc.engine.Sgd;
import io.mdc.engine.TrainingConfig;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/** Training of a network on real images, normalised, augmented and mixed as the settings say. */
final class RealTraining {
    private final NetworkTrainer trainer;
    private final Phases phases;
    private final TrainingBatch batch;
    private final RealImages source;
    private final Augmentation augmentation;
    private final CutMix cutMix;
    private final double rate;

    RealTraining(CondenseTask task) {
        Dataset data = task.data();
        ChunkedGraph runner = task.runner();
        TrainingConfig training = task.config().training();
        phases = runner.phases();
        rate = training.netLr();
        trainer = new NetworkTrainer(runner, new Sgd(training.netMomentum(), training.netDecay()));
        source = new RealImages(runner.graph().backend().images(), data.train(), data.normalization());
        augmentation = new Augmentation(training.augmentTrain(), data.normalization());
        cutMix = new CutMix(training.cutmixTrain());
        batch = new TrainingBatch(
                runner.graph().backend(),
                task.config().loop().batchTrain(),
                runner.graph().imageShape(),
                data.classes());
    }

    /** The network. */
    NetworkTrainer trainer() {
        return trainer;
    }

    /** The number of real images. */
    int images() {
        return source.size();
    }

    /** Images of a batch. */
    int batchSize() {
        return batch.size();
    }

    /** One step on the numbered images, as many as a batch has; returns the loss. */
    double step(int[] numbers, RandomGenerator random) {
        phases.time(Phase.AUGMENTATION, () -> batch.fill(source, numbers, augmentation, cutMix, random));
        return trainer.step(batch, rate);
    }

    /**
     * Trains on all real images, epoch by epoch in an order of its own.
     *
     * @param seed of order and augmentation
     * @param batches how long
     * @param done told after every batch how many were done
     * @param stop asked after every batch
     * @return false if {@code stop} said so
     */
    boolean run(long seed, long batches, LongConsumer done, BooleanSupplier stop) {
        ShuffledSampler order = new ShuffledSampler(source.size(), seed);
        for (long b = 0; b < batches; b++) {
            step(order.batch(b * batch.size(), batch.size()), Seeds.generator(seed, "augment", b));
            done.accept(b + 1);
            if (stop.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }
}
