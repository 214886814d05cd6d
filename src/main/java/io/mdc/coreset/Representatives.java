package io.mdc.coreset;

import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.ImageFeatures;
import io.mdc.engine.step.ParameterSet;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Chooses real images of a class by their features, from all of them or a random sample. Not thread-safe. */
public final class Representatives {
    private final ImageFeatures features;
    private final ImageSet real;
    private final ChoiceConfig config;

    /** Choices among the training images of {@code data}. */
    public Representatives(ChunkedGraph runner, Dataset data, ChoiceConfig config) {
        real = data.train();
        features = new ImageFeatures(
                runner, new RealImages(runner.graph().backend().images(), real, data.normalization()));
        this.config = config;
    }

    /**
     * Chooses images of a class.
     *
     * @param theta the network that sees them, read only
     * @return numbers of distinct images in the training set, in the rule's order
     * @throws IllegalArgumentException if there are fewer than {@code count}
     * @throws ArithmeticException if the network has diverged
     */
    public int[] choose(Coreset rule, int label, int count, ParameterSet theta, RandomGenerator random) {
        int[] candidates = candidates(label, random);
        double[][] points = features.of(candidates, theta);
        if (!Arrays.stream(points).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
            throw new ArithmeticException("the network has diverged: features of real images of class " + label
                    + " are not finite; a smaller --net-lr may help");
        }
        return Arrays.stream(rule.choose(points, count, random))
                .map(row -> candidates[row])
                .toArray();
    }

    private int[] candidates(int label, RandomGenerator random) {
        int[] all = real.indicesOfClass(label);
        int most = config.chooseFrom().orElse(all.length);
        if (all.length <= most) {
            return all;
        }
        return Arrays.stream(Seeds.permutation(random, all.length))
                .limit(most)
                .sorted()
                .map(own -> all[own])
                .toArray();
    }
}
