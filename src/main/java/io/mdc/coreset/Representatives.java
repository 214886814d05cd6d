package io.mdc.coreset;

import io.mdc.base.DivergedException;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.ImageFeatures;
import io.mdc.engine.step.ParameterSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Chooses real images of classes by their features, from all of them or a random sample. Not thread-safe. */
public final class Representatives {
    /** Of the features of classes that are chosen from at once. */
    private static final long MOST_BYTES = 512L << 20;

    private final ChunkedGraph runner;
    private final ImageFeatures features;
    private final ImageSet real;
    private final ChoiceConfig config;

    /** Choices among the training images of {@code data}. */
    public Representatives(ChunkedGraph runner, Dataset data, ChoiceConfig config) {
        this.runner = runner;
        real = data.train();
        features = new ImageFeatures(
                runner, new RealImages(runner.graph().backend().images(), real, data.normalization()));
        this.config = config;
    }

    /**
     * Chooses images of some classes, {@link #classesAtOnce} at once.
     *
     * @param theta the network that sees them, read only
     * @param random of a class, for what is left to chance
     * @return for every class numbers of distinct images in the training set, in the rule's order
     * @throws IllegalArgumentException if a class has fewer than {@code count}
     * @throws DivergedException if the network has diverged
     */
    public List<int[]> choose(
            Coreset rule, List<Integer> labels, int count, ParameterSet theta, IntFunction<RandomGenerator> random) {
        List<int[]> chosen = new ArrayList<>();
        int most = classesAtOnce();
        for (int from = 0; from < labels.size(); from += most) {
            List<Candidates> some = labels.subList(from, Math.min(labels.size(), from + most)).stream()
                    .map(label -> candidates(label, theta, random.apply(label)))
                    .toList();
            int[][] rows = new int[some.size()][];
            runner.workers()
                    .forEach(
                            rows.length,
                            (i, worker) -> rows[i] = rule.choose(
                                    some.get(i).points(), count, some.get(i).random()));
            for (int i = 0; i < rows.length; i++) {
                int[] numbers = some.get(i).numbers();
                chosen.add(Arrays.stream(rows[i]).map(row -> numbers[row]).toArray());
            }
        }
        return chosen;
    }

    /** How many classes are worth choosing for at once: as many as threads, if there is room for their features. */
    public int classesAtOnce() {
        int largest = IntStream.range(0, real.classes())
                .map(label -> real.indicesOfClass(label).length)
                .max()
                .orElseThrow();
        long points = Math.max(1, Math.min(largest, config.chooseFrom().orElse(largest)));
        long bytes = points * runner.graph().features() * Double.BYTES;
        return (int) Math.max(1, Math.min(runner.workers().threads(), MOST_BYTES / bytes));
    }

    /** Images of a class that are chosen from, and what the network sees in them. */
    private record Candidates(int[] numbers, double[][] points, RandomGenerator random) {}

    private Candidates candidates(int label, ParameterSet theta, RandomGenerator random) {
        int[] numbers = candidates(label, random);
        double[][] points = features.of(numbers, theta);
        if (!Arrays.stream(points).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
            throw new DivergedException("the network has diverged: features of real images of class " + label
                    + " are not finite; a smaller --net-lr may help");
        }
        return new Candidates(numbers, points, random);
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
