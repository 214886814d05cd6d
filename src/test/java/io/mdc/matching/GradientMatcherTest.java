package io.mdc.matching;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkProbe;
import io.mdc.engine.ParameterKind;
import io.mdc.engine.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GradientMatcherTest {
    private static final int REAL = 5;
    private static final int SYNTHETIC = 8;
    private static final int LABEL = 1;
    private static final List<ParameterKind> CONV = List.of(ParameterKind.CONV);

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** A matcher whose batches hold the same random images every time. */
    private GradientMatcher matcher(Backend backend, Distance distance, List<ParameterKind> kinds, int capacity) {
        DifferentiableGraph graph = DifferentiableGraph.compile(ConvNet.configuration(2, 4, 2, 8, 3), 2, 8, 8, backend);
        GradientMatcher matcher = new GradientMatcher(
                new ChunkedGraph(graph, workers, capacity), GradientDistance.of(distance), kinds, REAL, SYNTHETIC);
        SplittableRandom random = new SplittableRandom(1);
        matcher.real().set(normal(random, (int) matcher.real().size()));
        matcher.synthetic().set(normal(random, (int) matcher.synthetic().size()));
        return matcher;
    }

    private static ParameterSet weights(Backend backend) {
        DifferentiableGraph graph = DifferentiableGraph.compile(ConvNet.configuration(2, 4, 2, 8, 3), 2, 8, 8, backend);
        ParameterSet weights = graph.newParameters();
        Initializer.initialize(weights, new SplittableRandom(2));
        return weights;
    }

    /** The distance between the gradients of two batches, each computed in one piece. */
    private static double distance(Backend backend, Distance name, List<ParameterKind> kinds, Tensor own, Tensor real) {
        DifferentiableGraph graph = DifferentiableGraph.compile(ConvNet.configuration(2, 4, 2, 8, 3), 2, 8, 8, backend);
        ParameterSet g =
                NetworkProbe.run(graph, weights(backend), own, targets(own)).gradients();
        ParameterSet h =
                NetworkProbe.run(graph, weights(backend), real, targets(real)).gradients();
        double total = 0;
        for (int i = 0; i < g.parameters().size(); i++) {
            if (kinds.contains(g.parameters().get(i).role().kind())) {
                total += GradientDistance.of(name)
                        .measure(
                                backend,
                                g.get(i),
                                h.get(i),
                                backend.zeros(g.get(i).shape()));
            }
        }
        return total;
    }

    private static Tensor targets(Tensor images) {
        double[] oneHot = new double[images.dim(0) * 3];
        for (int i = 0; i < images.dim(0); i++) {
            oneHot[3 * i + LABEL] = 1;
        }
        return TestBackends.DOUBLE.of(oneHot, images.dim(0), 3);
    }

    @ParameterizedTest
    @EnumSource(Distance.class)
    void lossesAreDistancesBetweenMeanGradients(Distance distance) {
        Backend backend = TestBackends.DOUBLE;
        for (List<ParameterKind> kinds : List.of(CONV, List.of(ParameterKind.values()))) {
            GradientMatcher matcher = matcher(backend, distance, kinds, 3);
            double base = distance(backend, distance, kinds, matcher.synthetic(), matcher.real());
            for (int subset : new int[] {0, 3, 8}) {
                GradientMatcher.Losses losses = matcher.step(weights(backend), LABEL, subset, 0);
                assertClose(base, losses.baseLoss(), 1e-11, "base");
                double expected = subset == 0
                        ? 0
                        : distance(backend, distance, kinds, matcher.synthetic().rows(0, subset), matcher.real());
                assertClose(expected, losses.subsetLoss(), 1e-11, "subset of " + subset);
                assertEquals(losses.baseLoss() + losses.subsetLoss(), losses.total());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3,5", "5,3", "4,4", "8,7", "2,8"})
    void anyChunksGiveTheSameGradient(int subset, int frozen) {
        Backend backend = TestBackends.DOUBLE;
        GradientMatcher whole = matcher(backend, Distance.MSE, CONV, 100);
        GradientMatcher.Losses losses = whole.step(weights(backend), LABEL, subset, frozen);
        GradientMatcher cut = matcher(backend, Distance.MSE, CONV, 2);
        GradientMatcher.Losses same = cut.step(weights(backend), LABEL, subset, frozen);
        assertClose(losses.total(), same.total(), 1e-12, "loss");
        assertClose(whole.gradient().toDoubles(), cut.gradient().toDoubles(), 1e-12, "gradient");
        assertClose(whole.features().toDoubles(), cut.features().toDoubles(), 1e-13, "features");
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void frozenImagesGetNoGradientAndOthersTheSame(Backend backend) {
        GradientMatcher matcher = matcher(backend, Distance.MSE, CONV, 3);
        ParameterSet weights = weights(backend);
        matcher.step(weights, LABEL, 4, 0);
        double[] free = matcher.gradient().toDoubles();
        double tolerance = TestBackends.tolerance(backend, 1e-13, 1e-5);
        // the matcher is reused with other prefixes, as between selections
        for (int frozen : new int[] {2, 6, 8, 0}) {
            backend.vectors().fill(matcher.gradient(), 99);
            matcher.step(weights, LABEL, 4, frozen);
            double[] expected = free.clone();
            Arrays.fill(expected, 0, frozen * 128, 0);
            double[] actual = matcher.gradient().toDoubles();
            assertClose(expected, actual, tolerance, frozen + " frozen");
            assertArrayEquals(new double[frozen * 128], Arrays.copyOf(actual, frozen * 128));
        }
    }

    @Test
    void theGradientOfBothTermsIsTheSumOfTheirGradients() {
        Backend backend = TestBackends.DOUBLE;
        GradientMatcher both = matcher(backend, Distance.L1, CONV, 3);
        ParameterSet weights = weights(backend);
        both.step(weights, LABEL, 3, 0);
        double[] sum = both.gradient().toDoubles();
        both.step(weights, LABEL, 0, 0);
        double[] base = both.gradient().toDoubles();
        // the subset alone: a matcher of only those images
        GradientMatcher alone = new GradientMatcher(
                new ChunkedGraph(
                        DifferentiableGraph.compile(ConvNet.configuration(2, 4, 2, 8, 3), 2, 8, 8, backend),
                        workers,
                        2),
                GradientDistance.of(Distance.L1),
                CONV,
                REAL,
                3);
        alone.real().set(both.real().toDoubles());
        alone.synthetic().set(both.synthetic().rows(0, 3).toDoubles());
        alone.step(weights, LABEL, 0, 0);
        double[] subset = Arrays.copyOf(alone.gradient().toDoubles(), base.length);
        assertClose(plus(base, 1, subset), sum, 1e-12);
    }

    @Test
    void theLabelOfTheClassIsUsed() {
        Backend backend = TestBackends.DOUBLE;
        GradientMatcher matcher = matcher(backend, Distance.MSE, CONV, 3);
        double one = matcher.step(weights(backend), LABEL, 0, 0).total();
        double other = matcher.step(weights(backend), 2, 0, 0).total();
        assertTrue(Math.abs(one - other) > 1e-3 * one, one + " and " + other);
        assertEquals(one, matcher.step(weights(backend), LABEL, 0, 0).total());
    }

    @Test
    void featuresOfRealThenSyntheticImagesAreKept() {
        Backend backend = TestBackends.DOUBLE;
        GradientMatcher matcher = matcher(backend, Distance.MSE, CONV, 3);
        ParameterSet weights = weights(backend);
        matcher.step(weights, LABEL, 3, 2);
        double[] features = matcher.features().toDoubles();
        assertArrayEquals(new int[] {REAL + SYNTHETIC, 16}, matcher.features().shape());
        double[] real = matcher.real().toDoubles();
        matcher.real().set(Arrays.copyOf(matcher.synthetic().toDoubles(), real.length));
        matcher.step(weights, LABEL, 0, 0);
        assertClose(
                Arrays.copyOfRange(features, REAL * 16, 2 * REAL * 16),
                matcher.features().rows(0, REAL).toDoubles(),
                1e-13);
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "9,0", "0,-1", "0,9"})
    void subsetsLargerThanTheBatchAreRefused(int subset, int frozen) {
        GradientMatcher matcher = matcher(TestBackends.DOUBLE, Distance.MSE, CONV, 3);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> matcher.step(weights(TestBackends.DOUBLE), LABEL, subset, frozen))
                .getMessage();
        assertEquals("subset of " + subset + " and " + frozen + " frozen of 8 synthetic images", message);
    }

    @Test
    void matchingNothingIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> matcher(TestBackends.DOUBLE, Distance.MSE, List.of(), 3))
                .getMessage();
        assertEquals("--match []: the network has no such parameter", message);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void distancesOfPrefixesAreTheLossesOfThosePrefixes(Backend backend) {
        double tolerance = TestBackends.tolerance(backend, 1e-12, 1e-4);
        GradientMatcher matcher = matcher(backend, Distance.MSE, CONV, 3);
        ParameterSet weights = weights(backend);
        GradientMatcher.Losses asked = matcher.step(weights, LABEL, 2, 1, new int[] {0, 2, 5, SYNTHETIC});
        double[] image = matcher.gradient().toDoubles();
        double[] distances = matcher.distances();
        assertTrue(Double.isNaN(distances[0]), "a prefix without images");
        assertClose(asked.subsetLoss(), distances[1], tolerance, "the subset");
        assertClose(matcher.step(weights, LABEL, 5, 0).subsetLoss(), distances[2], tolerance, "another prefix");
        assertClose(asked.baseLoss(), distances[3], tolerance, "all images");
        GradientMatcher.Losses plain = matcher.step(weights, LABEL, 2, 1);
        assertClose(plain.total(), asked.total(), tolerance, "the loss does not depend on what is measured");
        assertClose(matcher.gradient().toDoubles(), image, tolerance, "nor does its gradient");
        assertEquals(0, matcher.distances().length);
    }
}
