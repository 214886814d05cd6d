package io.mdc.evaluate;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.ImageSource;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How one network is trained from scratch and measured on the test set (paper Sec. 4.1): SGD, learning rate × 0.2 at
 * 2/3 and at 5/6 of the epochs; measured after E/4, E/2, 3E/4 and E epochs. Several threads may use it at once.
 */
final class TrainingRecipe {
    private static final double DROP = 0.2;

    private final EvaluationSettings settings;
    private final Dataset data;

    /**
     * A network, trained, and how it did.
     *
     * @param network with its weights; owned by the caller
     * @param accuracies on the test set
     */
    record Trained(NetworkTrainer network, Accuracies accuracies) {}

    TrainingRecipe(EvaluationSettings settings, Dataset data) {
        this.settings = settings;
        this.data = data;
    }

    /**
     * Trains and measures.
     *
     * @param runner runs the network; not used otherwise meanwhile
     * @param images what to train on
     * @param epochs passes over the images, E
     * @param seed of weights, order and augmentation
     * @param epochDone called after each epoch; what it throws ends the training
     */
    Trained train(ChunkedGraph runner, ImageSource images, int epochs, long seed, Runnable epochDone) {
        NetworkTrainer trainer = new NetworkTrainer(
                runner,
                new Sgd(settings.training().netMomentum(), settings.training().netDecay()));
        Initializer.initialize(trainer.weights(), Seeds.generator(seed, "weights"));
        TestAccuracy test = new TestAccuracy(runner, data);
        Augmentation augmentation = new Augmentation(settings.evaluation().augmentEval(), data.normalization());
        CutMix cutMix = new CutMix(settings.evaluation().cutmixEval());
        int batchSize = settings.evaluation().batchEval();
        Map<Integer, TrainingBatch> batches = new HashMap<>();
        List<Double> percents = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            RandomGenerator random = Seeds.generator(seed, "epoch", epoch);
            int[] order = Seeds.permutation(random, images.size());
            for (int from = 0; from < order.length; from += batchSize) {
                int[] numbers = Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
                TrainingBatch batch = batches.computeIfAbsent(numbers.length, n -> batch(n, runner));
                batch.fill(images, numbers, augmentation, cutMix, random);
                trainer.step(batch, rate(epoch, epochs));
            }
            // With fewer than four epochs several points of time fall together.
            int due = (int) ((epoch + 1L) * Accuracies.MEASUREMENTS / epochs) - percents.size();
            if (due > 0) {
                double percent = test.percent(trainer.weights(), trainer.statistics());
                IntStream.range(0, due).forEach(i -> percents.add(percent));
            }
            epochDone.run();
        }
        return new Trained(trainer, new Accuracies(percents));
    }

    private TrainingBatch batch(int size, ChunkedGraph runner) {
        return new TrainingBatch(runner.graph().backend(), size, runner.graph().imageShape(), data.classes());
    }

    /** The learning rate in an epoch, from 0. */
    double rate(int epoch, int epochs) {
        int drops = (int) IntStream.of(2 * epochs / 3, 5 * epochs / 6)
                .filter(milestone -> epoch >= milestone)
                .count();
        return settings.training().netLr() * Math.pow(DROP, drops);
    }
}
