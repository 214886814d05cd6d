package io.mdc.evaluate;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.ImageSource;
import io.mdc.batch.TrainingBatch;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Sgd;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Trains one network from scratch by the evaluation protocol and measures it on the test set (paper Sec. 4.1): SGD,
 * learning rate × 0.2 at 2/3 and at 5/6 of the epochs; measured after E/4, E/2, 3E/4 and E epochs.
 */
final class TrainingRun {
    private static final double DROP = 0.2;
    private static final int MEASUREMENTS = 4;

    private final RunConfig config;
    private final Dataset data;
    private final ChunkedGraph runner;
    private final NetworkTrainer trainer;

    TrainingRun(RunConfig config, Dataset data, ChunkedGraph runner) {
        this.config = config;
        this.data = data;
        this.runner = runner;
        trainer = new NetworkTrainer(
                runner,
                new Sgd(config.training().netMomentum(), config.training().netDecay()));
    }

    /** The network, trained once {@link #accuracies} is done. */
    NetworkTrainer trainer() {
        return trainer;
    }

    /**
     * Trains and measures.
     *
     * @param images what to train on
     * @param epochs passes over the images
     * @param seed of weights, order and augmentation
     * @param epochDone called with the number of epochs done, after each
     * @return accuracy in percent at the four points of time, the last one last
     */
    double[] accuracies(ImageSource images, int epochs, long seed, IntConsumer epochDone) {
        EvaluationConfig evaluation = config.evaluation();
        Initializer.initialize(trainer.weights(), Seeds.generator(seed, "weights"));
        TestAccuracy test = new TestAccuracy(runner, data);
        Augmentation augmentation = new Augmentation(evaluation.augmentEval(), data.normalization());
        CutMix cutMix = new CutMix(evaluation.cutmixEval());
        Map<Integer, TrainingBatch> batches = new HashMap<>();
        double[] accuracies = new double[MEASUREMENTS];
        int measured = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            RandomGenerator random = Seeds.generator(seed, "epoch", epoch);
            int[] order = Seeds.permutation(random, images.size());
            for (int from = 0; from < order.length; from += evaluation.batchEval()) {
                int[] numbers = Arrays.copyOfRange(order, from, Math.min(order.length, from + evaluation.batchEval()));
                TrainingBatch batch = batches.computeIfAbsent(numbers.length, this::batch);
                batch.fill(images, numbers, augmentation, cutMix, random);
                trainer.step(batch, rate(epoch, epochs));
            }
            int due = (int) ((epoch + 1L) * MEASUREMENTS / epochs);
            if (due > measured) {
                // With fewer than four epochs several points of time fall together.
                double percent = test.percent(trainer.weights(), trainer.statistics());
                Arrays.fill(accuracies, measured, due, percent);
                measured = due;
            }
            epochDone.accept(epoch + 1);
        }
        return accuracies;
    }

    private TrainingBatch batch(int size) {
        return new TrainingBatch(runner.graph().backend(), size, runner.graph().imageShape(), data.classes());
    }

    private double rate(int epoch, int epochs) {
        int drops = (int) IntStream.of(2 * epochs / 3, 5 * epochs / 6)
                .filter(milestone -> epoch >= milestone)
                .count();
        return config.training().netLr() * Math.pow(DROP, drops);
    }
}
