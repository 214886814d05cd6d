package io.mdc.trajectory;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.base.Workers;
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
import io.mdc.task.CondenseTask;
import io.mdc.tensor.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Training of a network on real images, normalised, augmented and mixed as the settings say. */
final class RealTraining {
    /** Batches that are filled at once where there are many cores, so that these have something to do. */
    private static final int AHEAD = 8;

    private final NetworkTrainer trainer;
    private final Phases phases;
    private final Workers team;
    private final List<TrainingBatch> batches;
    private final RealImages source;
    private final Augmentation augmentation;
    private final CutMix cutMix;
    private final double rate;

    RealTraining(CondenseTask task) {
        Dataset data = task.data();
        ChunkedGraph runner = task.runner();
        TrainingConfig training = task.config().training();
        phases = runner.phases();
        team = runner.workers();
        rate = training.netLr();
        trainer = new NetworkTrainer(runner, new Sgd(training.netMomentum(), training.netDecay()));
        source = new RealImages(runner.graph().backend().images(), data.train(), data.normalization());
        augmentation = new Augmentation(training.augmentTrain(), data.normalization());
        cutMix = new CutMix(training.cutmixTrain());
        batches = Stream.generate(() -> new TrainingBatch(
                        runner.graph().backend(),
                        task.config().loop().batchTrain(),
                        runner.graph().imageShape(),
                        data.classes()))
                .limit(team.hasManyCores() ? AHEAD : 1)
                .toList();
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
        return batches.get(0).size();
    }

    /**
     * What a step is trained on.
     *
     * @param numbers of the images, as many as a batch has
     * @param random of their augmentation
     */
    record Draw(int[] numbers, RandomGenerator random) {}

    /** A step for each; returns the sum of the losses, which on a device is best not asked for after every step. */
    Numbers steps(List<Draw> draws) {
        List<Numbers> losses = new ArrayList<>();
        for (int from = 0; from < draws.size(); from += batches.size()) {
            List<Draw> some = draws.subList(from, Math.min(draws.size(), from + batches.size()));
            phases.time(
                    Phase.AUGMENTATION,
                    () -> team.forEach(some.size(), (i, worker) -> fill(batches.get(i), some.get(i))));
            for (int i = 0; i < some.size(); i++) {
                losses.add(trainer.step(batches.get(i), rate));
            }
        }
        return () -> new double[] {Numbers.sum(losses)};
    }

    private void fill(TrainingBatch batch, Draw draw) {
        batch.fill(source, draw.numbers(), augmentation, cutMix, draw.random());
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
            int[] numbers = order.batch(b * batchSize(), batchSize());
            steps(List.of(new Draw(numbers, Seeds.generator(seed, "augment", b))));
            done.accept(b + 1);
            if (stop.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }
}
