package io.mdc.evaluate;

import io.mdc.augment.Augmentations;
import io.mdc.backend.Compute;
import io.mdc.base.Workers;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.TrainingConfig;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** A small condensed set of noise, and evaluations of it on a few images that take no time. */
final class TinyEvaluation {
    static final int CLASSES = 3;
    static final int IPC = 3;
    static final int FACTOR = 2;
    static final int SIZE = 8;
    static final int IMAGES = 10 * CLASSES;
    static final int SEED = 5;
    static final NetworkChoice CONVNET = NetworkChoice.parse("convnet");

    private TinyEvaluation() {}

    /** 10 test images a class, with a bright half of one channel, and as many to train on. */
    static Dataset dataset() {
        SplittableRandom random = new SplittableRandom(1);
        int image = 3 * SIZE * SIZE;
        byte[] pixels = new byte[IMAGES * image];
        int[] labels = new int[IMAGES];
        for (int i = 0; i < pixels.length; i++) {
            labels[i / image] = i / image % CLASSES;
            boolean bright = i % image / (SIZE * SIZE) == labels[i / image] && i % SIZE < SIZE / 2;
            pixels[i] = (byte) (random.nextInt(128) + (bright ? 120 : 0));
        }
        ImageSet set = new ImageSet(pixels, labels, CLASSES, 3, SIZE, SIZE);
        return new Dataset("tiny", List.of("a", "b", "c"), set, set, Normalization.of(set), List.of());
    }

    /** Noise in [0, 1]. */
    static CondensedSet set() {
        return set(FACTOR);
    }

    static CondensedSet set(int factor) {
        SplittableRandom random = new SplittableRandom(2);
        float[] images = new float[CLASSES * IPC * 3 * SIZE * SIZE];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble();
        }
        return new CondensedSet(images, new int[] {CLASSES * IPC, 3, SIZE, SIZE}, CLASSES, factor);
    }

    /** Every prefix, twice, with a ConvNet, for two epochs. */
    static EvaluationSettings settings() {
        return settings("all", 2, "2");
    }

    static EvaluationSettings settings(String sizes, int repeats, String epochs, String... networks) {
        List<NetworkChoice> choices =
                Stream.of(networks).map(NetworkChoice::parse).toList();
        return new EvaluationSettings(
                new EvaluationConfig(
                        true,
                        0,
                        Sizes.parse(sizes),
                        choices,
                        false,
                        Epochs.parse(epochs),
                        repeats,
                        7,
                        Augmentations.parse("color,crop"),
                        0.5),
                new NetworkConfig(CONVNET, 1, OptionalInt.of(2)),
                new TrainingConfig(0.05, 0.9, 5e-4, Augmentations.parse("none"), 0),
                SEED);
    }

    static List<PrefixResult> evaluate(EvaluationSettings settings) {
        return evaluate(settings, 2, new Memory());
    }

    static List<PrefixResult> evaluate(EvaluationSettings settings, int threads, Memory ledger) {
        try (Compute compute = compute(threads)) {
            run(new PrefixEvaluator(settings, dataset(), compute, set()), compute, done -> {}, () -> false, ledger);
            return ledger.results();
        }
    }

    /** Makes the trials of one evaluation. */
    static void run(
            PrefixEvaluator evaluator,
            Compute compute,
            LongConsumer progress,
            BooleanSupplier stop,
            TrialLedger ledger) {
        TrialQueue.run(List.of(TrialQueue.Member.alone(evaluator, ledger)), compute.workers(), progress, stop);
    }

    /** A trial of the usual two epochs. */
    static Trial trial(NetworkChoice network, int size, int repeat) {
        OptionalInt width = network.width().isPresent() ? network.width() : OptionalInt.of(2);
        return new Trial(new Cell(network, width, size, size * FACTOR * FACTOR * CLASSES, 2), repeat);
    }

    static Compute compute(int threads) {
        return new Compute(TestBackends.HOST, new Workers(threads), 4);
    }

    /** A ledger that forgets with the process. */
    static class Memory implements TrialLedger {
        final Map<Trial, Accuracies> trials = new ConcurrentHashMap<>();
        final Map<Trial, Accuracies> made = new ConcurrentHashMap<>();

        List<PrefixResult> results() {
            Protocol protocol = new Protocol(Map.of(), IMAGES, "", "");
            return Evaluation.of("run", Map.of(protocol, Map.copyOf(trials))).results();
        }

        @Override
        public Optional<Accuracies> known(Trial trial) {
            return Optional.ofNullable(trials.get(trial));
        }

        @Override
        public void finished(Trial trial, Accuracies accuracies, NetworkTrainer trained) {
            trials.put(trial, accuracies);
            made.put(trial, accuracies);
        }
    }
}
