package io.mdc.evaluate;

import io.mdc.backend.Compute;
import io.mdc.base.Workers;
import io.mdc.batch.ImageSource;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Networks;
import io.mdc.network.NetworkChoice;
import java.util.stream.IntStream;

/**
 * How long it takes to train a network and to measure it, on one thread, as each trial of an evaluation does; for
 * foretelling the time of an evaluation.
 *
 * @param trainingSeconds of one image in one epoch
 * @param testSeconds of measuring once
 */
public record TrialProbe(double trainingSeconds, double testSeconds) {
    private static final int IMAGES = 192;
    private static final int TEST_IMAGES = 256;
    private static final int ROUNDS = 3;

    /**
     * Trains the network on a few grey images, and measures it on a few real ones.
     *
     * @throws io.mdc.setting.ConfigException if the network cannot be run
     */
    public static TrialProbe of(EvaluationSettings settings, NetworkChoice network, Dataset data, Compute compute) {
        ImageSet test = data.test();
        int perClass = Math.max(1, IMAGES / data.classes());
        int[] shape = {perClass * data.classes(), test.channels(), test.height(), test.width()};
        CondensedSet grey =
                new CondensedSet(new float[shape[0] * shape[1] * shape[2] * shape[3]], shape, data.classes(), 1);
        ImageSource images = grey.trainingImages(compute.backend(), data.normalization());
        int[] measured = IntStream.range(0, Math.min(TEST_IMAGES, test.size())).toArray();
        double training = Double.POSITIVE_INFINITY;
        double testing = Double.POSITIVE_INFINITY;
        try (Workers one = new Workers(1)) {
            ChunkedGraph runner = new ChunkedGraph(
                    Networks.graph(
                            network,
                            settings.network(),
                            test.channels(),
                            test.height(),
                            data.classes(),
                            compute.backend()),
                    one,
                    compute.chunk());
            RealAccuracy accuracy = new RealAccuracy(
                    runner, new RealImages(compute.backend().images(), test, data.normalization()), measured);
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                NetworkTrainer trained = settings.recipe()
                        .train(runner, images, data.normalization(), 1, settings.seed(), (weights, epochs) -> {});
                long trainedAt = System.nanoTime();
                accuracy.percent(trained);
                training = Math.min(training, (trainedAt - start) / 1e9);
                testing = Math.min(testing, (System.nanoTime() - trainedAt) / 1e9);
            }
        }
        return new TrialProbe(training / shape[0], testing / measured.length * test.size());
    }

    /** Seconds of one trial on so many images for so many epochs. */
    public double seconds(long images, int epochs) {
        return trainingSeconds * images * epochs + testSeconds * Math.min(epochs, Accuracies.MEASUREMENTS);
    }
}
