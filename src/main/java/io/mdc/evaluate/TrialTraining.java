package io.mdc.evaluate;

import io.mdc.batch.ImageSource;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains one network from scratch and measures it on the test set after E/4, E/2, 3E/4 and E epochs. Several threads
 * may use it at once.
 */
final class TrialTraining {
    private final TrainingRecipe recipe;
    private final Dataset data;

    /**
     * A network, trained, and how it did.
     *
     * @param network with its weights; owned by the caller
     * @param accuracies on the test set
     */
    record Trained(NetworkTrainer network, Accuracies accuracies) {}

    TrialTraining(EvaluationSettings settings, Dataset data) {
        recipe = settings.recipe();
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
        RealImages test = new RealImages(runner.graph().backend().images(), data.test(), data.normalization());
        RealAccuracy accuracy =
                new RealAccuracy(runner, test, IntStream.range(0, test.size()).toArray());
        List<Double> percents = new ArrayList<>();
        NetworkTrainer trained =
                recipe.train(runner, images, data.normalization(), epochs, seed, (network, epochsDone) -> {
                    // With fewer than four epochs several points of time fall together.
                    int due = (int) ((long) epochsDone * Accuracies.MEASUREMENTS / epochs) - percents.size();
                    if (due > 0) {
                        double percent = accuracy.percent(network);
                        IntStream.range(0, due).forEach(i -> percents.add(percent));
                    }
                    epochDone.run();
                });
        return new Trained(trained, new Accuracies(percents));
    }
}
