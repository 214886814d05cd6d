package io.mdc.evaluate;

import io.mdc.augment.Augmentation;
import io.mdc.augment.Augmentations;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.ImageSource;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Sgd;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How a network is trained from scratch (paper Sec. 4.1): SGD, learning rate × 0.2 at 2/3 and at 5/6 of the epochs.
 *
 * @param rate learning rate of the first epochs
 * @param sgd momentum and weight decay
 * @param augmentations a draw for every image
 * @param cutMix probability that a batch is mixed by CutMix
 * @param batchSize images of a batch; the last of an epoch may have fewer
 */
public record TrainingRecipe(double rate, Sgd sgd, Augmentations augmentations, double cutMix, int batchSize) {
    private static final double DROP = 0.2;

    /** Told how far a training is. */
    @FunctionalInterface
    public interface Observer {
        /**
         * Called after every epoch; what it throws ends the training.
         *
         * @param network as it is now
         * @param done epochs so far
         */
        void epochDone(NetworkTrainer network, int done);
    }

    /**
     * Trains a network.
     *
     * @param runner runs the network; not used otherwise meanwhile
     * @param images what to train on
     * @param normalization of the images
     * @param epochs passes over the images, E
     * @param seed of weights, order and augmentation
     * @return the network with its weights; owned by the caller
     */
    public NetworkTrainer train(
            ChunkedGraph runner,
            ImageSource images,
            Normalization normalization,
            int epochs,
            long seed,
            Observer observer) {
        NetworkTrainer trainer = new NetworkTrainer(runner, sgd);
        Initializer.initialize(trainer.weights(), Seeds.generator(seed, "weights"));
        Augmentation augmentation = new Augmentation(augmentations, normalization);
        CutMix mixing = new CutMix(cutMix);
        Map<Integer, TrainingBatch> batches = new HashMap<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            RandomGenerator random = Seeds.generator(seed, "epoch", epoch);
            int[] order = Seeds.permutation(random, images.size());
            for (int from = 0; from < order.length; from += batchSize) {
                int[] numbers = Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
                TrainingBatch batch = batches.computeIfAbsent(numbers.length, n -> batch(n, runner));
                batch.fill(images, numbers, augmentation, mixing, random);
                trainer.step(batch, rate(epoch, epochs));
            }
            observer.epochDone(trainer, epoch + 1);
        }
        return trainer;
    }

    private static TrainingBatch batch(int size, ChunkedGraph runner) {
        return new TrainingBatch(
                runner.graph().backend(),
                size,
                runner.graph().imageShape(),
                runner.graph().classes());
    }

    /** The learning rate in an epoch, from 0. */
    double rate(int epoch, int epochs) {
        int drops = (int) IntStream.of(2 * epochs / 3, 5 * epochs / 6)
                .filter(milestone -> epoch >= milestone)
                .count();
        return rate * Math.pow(DROP, drops);
    }
}
