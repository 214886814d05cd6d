package io.mdc.condense;

import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.augment.Augmentation;
import io.mdc.augment.Augmentations;
import io.mdc.augment.Transform;
import io.mdc.base.Workers;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.Distance;
import io.mdc.network.ConvNet;
import io.mdc.objective.Batches;
import io.mdc.objective.DistributionMatching;
import io.mdc.objective.GradientMatching;
import io.mdc.objective.LabelledImages;
import io.mdc.objective.Objective;
import io.mdc.objective.Outcome;
import io.mdc.objective.Prefixes;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.Tile;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole chain in double precision: the matching loss of a class with subset terms and frozen prefix, through
 * decode, normalisation, augmentation and ConvNet, against central differences in single pixels of the stored images.
 */
class ImageGradientTest {
    private static final Backend BACKEND = TestBackends.DOUBLE;
    private static final int IPC = 3;
    private static final int SUBSET = 2;
    private static final int FROZEN = 1;
    private static final int REAL = 5;
    private static final int CHANNELS = 3;
    private static final int PIXELS = 8;
    private static final double STEP = 1e-5;

    /** The loss as a function of the stored images. */
    private static final class Chain {
        private final MultiFormation formation;
        private final List<Tile> decoded;
        private final Transform normalise =
                Transform.ChannelScale.of(new Normalization(List.of(0.49, 0.48, 0.45), List.of(0.2, 0.21, 0.19)));
        private final Transform augment;
        private final Objective objective;
        private final Batches batches;
        private final Tensor synthetic;
        private final ParameterSet weights;
        private final Map<Integer, Double> prefixes;

        Chain(
                int size,
                int factor,
                Function<ChunkedGraph, Objective> loss,
                Transform augment,
                boolean all,
                Workers workers) {
            this.augment = augment;
            formation = new MultiFormation(factor, size, size);
            int tiles = formation.tilesPerImage();
            prefixes = all ? Map.of(tiles, 0.8, 2 * tiles, 0.3) : Map.of(SUBSET * tiles, 1.0);
            decoded = formation.full(IPC);
            DifferentiableGraph graph = DifferentiableGraph.compile(
                    ConvNet.configuration(2, 4, CHANNELS, size, 3), CHANNELS, size, size, BACKEND);
            objective = loss.apply(new ChunkedGraph(graph, workers, 9));
            SplittableRandom random = new SplittableRandom(3);
            weights = graph.newParameters();
            Initializer.initialize(weights, random);
            Tensor real = normal(BACKEND, random, REAL, CHANNELS, size, size);
            synthetic = BACKEND.zeros(decoded.size(), CHANNELS, size, size);
            batches = new Batches(
                    new LabelledImages(real, targets(REAL)), new LabelledImages(synthetic, targets(decoded.size())));
        }

        /** The loss alone: with all images frozen, which changes nothing about it, there is no tangent sweep. */
        double loss(Tensor stored) {
            return step(stored, decoded.size()).losses().total();
        }

        private static Tensor targets(int n) {
            double[] oneHot = new double[n * 3];
            for (int i = 0; i < n; i++) {
                oneHot[i * 3 + 1] = 1;
            }
            return BACKEND.of(oneHot, n, 3);
        }

        private Outcome step(Tensor stored, int frozen) {
            formation.decode(BACKEND.images(), stored, decoded, synthetic);
            normalise.apply(BACKEND.images(), synthetic);
            augment.apply(BACKEND.images(), synthetic);
            Outcome outcome = objective.evaluate(weights, batches, new Prefixes(prefixes, frozen, new int[0]));
            assertTrue(outcome.losses().subset() > 0);
            return outcome;
        }

        double[] gradient(Tensor stored) {
            Tensor moved = step(stored, FROZEN * formation.tilesPerImage()).gradient();
            augment.adjoint(BACKEND.images(), moved);
            normalise.adjoint(BACKEND.images(), moved);
            Tensor gradient = BACKEND.zeros(stored.shape());
            formation.adjoint(BACKEND.images(), moved, decoded, gradient);
            return gradient.toDoubles();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8,  2, MSE,    conv, shared, 'color,crop,cutout', one",
        "8,  2, L1,     conv, each,   'color,crop,cutout,flip,scale,rotate', all",
        "8,  2, COSINE, conv, shared, 'rotate,color,scale,flip', all",
        "10, 3, MSE,    conv, each,   'color,flip,crop|scale|rotate,cutout', one",
        "10, 3, L1,     conv, shared, 'cutout', all",
        "10, 3, COSINE, conv, shared, 'color,crop', one",
        "9,  2, MSE,    all,  each,   'color,scale', one",
        "8,  1, L1,     all,  shared, 'color,crop,cutout', one",
        "8,  1, COSINE, all,  shared, 'none', all",
        "8,  2, features, -,  shared, 'color,crop,cutout', one",
        "10, 3, features, -,  shared, 'rotate,color,scale,flip', all",
        "8,  1, features, -,  each,   'color,flip,crop|scale|rotate,cutout', all",
    })
    void everyPixelsGradientIsTheSlopeOfTheLoss(
            int size, int factor, String distance, String kinds, String draw, String augmentation, String subset) {
        SplittableRandom random = new SplittableRandom(size + factor);
        Augmentation stages = new Augmentation(Augmentations.parse(augmentation), Normalization.identity(CHANNELS));
        Transform transform = draw.equals("shared")
                ? stages.drawShared(random, size)
                : stages.drawEach(random, size, IPC * factor * factor);
        try (Workers workers = new Workers(2)) {
            Chain chain = new Chain(
                    size,
                    factor,
                    runner -> objective(distance, kinds, runner),
                    transform,
                    subset.equals("all"),
                    workers);
            Tensor stored = uniform(BACKEND, random, IPC, CHANNELS, size, size);
            double[] values = stored.toDoubles();
            double[] gradient = chain.gradient(stored);
            int image = CHANNELS * size * size;
            for (int i = 0; i < FROZEN * image; i++) {
                assertEquals(0, gradient[i], "frozen pixel " + i);
            }
            double typical = Math.sqrt(dot(gradient, gradient) / (gradient.length - FROZEN * image));
            assertTrue(typical > 0);
            int moving = 0;
            for (int n = 0; n < PIXELS; n++) {
                // in turns from the images inside and outside the subset
                int pixel = (FROZEN + n % (IPC - FROZEN)) * image + random.nextInt(image);
                double slope = slope(chain, stored, values, pixel);
                assertEquals(
                        slope,
                        gradient[pixel],
                        1e-6 * Math.max(Math.abs(slope), typical),
                        () -> "pixel " + pixel + " where gradients are typically " + typical);
                moving += Math.abs(slope) > 0.01 * typical ? 1 : 0;
            }
            assertTrue(moving > PIXELS / 2, "only " + moving + " pixels have an influence");
            int frozen = random.nextInt(FROZEN * image);
            assertTrue(slope(chain, stored, values, frozen) != 0, "frozen images take part in the loss");
        }
    }

    private static Objective objective(String distance, String kinds, ChunkedGraph runner) {
        if (distance.equals("features")) {
            return new DistributionMatching(runner);
        }
        List<ParameterKind> matched =
                kinds.equals("all") ? List.of(ParameterKind.values()) : List.of(ParameterKind.CONV);
        return new GradientMatching(runner, Distance.valueOf(distance).measure(), matched);
    }

    private static double slope(Chain chain, Tensor stored, double[] values, int pixel) {
        double value = values[pixel];
        values[pixel] = value + STEP;
        stored.set(values);
        double ahead = chain.loss(stored);
        values[pixel] = value - STEP;
        stored.set(values);
        double behind = chain.loss(stored);
        values[pixel] = value;
        stored.set(values);
        return (ahead - behind) / (2 * STEP);
    }
}
