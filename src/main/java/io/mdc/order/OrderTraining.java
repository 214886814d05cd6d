package io.mdc.order;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.ImageSource;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Sgd;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Settings;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How a network is trained on all images to order them: SGD with one learning rate, augmentation and CutMix; what it
 * made of an image in an epoch is the softmax that the training step of its batch began with.
 */
final class OrderTraining {
    private final OrderConfig config;
    private final Sgd sgd;
    private final ImageSource images;
    private final int[] labels;
    private final Augmentation augmentation;
    private final CutMix cutMix;
    private final ChunkedGraph runner;
    private final Map<Integer, Room> rooms = new HashMap<>();

    /** A batch and what a network makes of it, filled again and again. */
    private record Room(TrainingBatch batch, Tensor probabilities) {}

    OrderTraining(OrderConfig config, Sgd sgd, ImageSource images, Normalization normalization, ChunkedGraph runner) {
        this.config = config;
        this.sgd = sgd;
        this.images = images;
        this.runner = runner;
        labels = IntStream.range(0, images.size()).map(images::label).toArray();
        augmentation = new Augmentation(config.augmentOrder(), normalization);
        cutMix = new CutMix(config.cutmixOrder());
    }

    /**
     * Trains a network from scratch.
     *
     * @param seed of weights, batches and augmentation
     * @param epochDone told of each epoch with its number from 0; what it throws ends the training
     * @throws ConfigException if it diverges
     */
    List<EpochRecord> train(int epochs, long seed, ObjIntConsumer<EpochRecord> epochDone) {
        NetworkTrainer trainer = new NetworkTrainer(runner, sgd);
        Initializer.initialize(trainer.weights(), Seeds.generator(seed, "weights"));
        List<EpochRecord> records = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            EpochRecord done = train(trainer, Seeds.generator(seed, "epoch", epoch));
            if (!done.isFinite()) {
                throw new ConfigException(
                        Settings.key(OrderConfig.class, "lrOrder"),
                        config.lrOrder(),
                        "makes training diverge in epoch " + (epoch + 1) + "; take a smaller one");
            }
            records.add(done);
            epochDone.accept(done, epoch);
        }
        return records;
    }

    private EpochRecord train(NetworkTrainer trainer, RandomGenerator random) {
        int classes = runner.graph().classes();
        double[] ofImages = new double[labels.length * classes];
        int right = 0;
        int[] order = Seeds.permutation(random, labels.length);
        for (int from = 0; from < order.length; from += config.batchOrder()) {
            int[] numbers = Arrays.copyOfRange(order, from, Math.min(order.length, from + config.batchOrder()));
            Room room = rooms.computeIfAbsent(numbers.length, this::room);
            room.batch().fill(images, numbers, augmentation, cutMix, random);
            trainer.step(room.batch().images(), room.batch().targets(), room.probabilities(), config.lrOrder());
            double[] ofBatch = room.probabilities().toDoubles();
            int[] predicted = runner.graph().backend().matrices().rowArgmax(room.probabilities());
            for (int i = 0; i < numbers.length; i++) {
                System.arraycopy(ofBatch, i * classes, ofImages, numbers[i] * classes, classes);
                right += predicted[i] == labels[numbers[i]] ? 1 : 0;
            }
        }
        return EpochRecord.of(ofImages, labels, (double) right / labels.length);
    }

    private Room room(int size) {
        Backend backend = runner.graph().backend();
        int classes = runner.graph().classes();
        return new Room(
                new TrainingBatch(backend, size, runner.graph().imageShape(), classes), backend.zeros(size, classes));
    }
}
