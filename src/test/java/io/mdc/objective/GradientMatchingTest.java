package io.mdc.objective;

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
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterRole;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.Distance;
import io.mdc.network.ConvNet;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GradientMatchingTest {
    private static final int REAL = 5;
    private static final int SYNTHETIC = 8;
    private static final int LABEL = 1;
    private static final List<ParameterKind> CONV = List.of(ParameterKind.CONV);

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** An objective with random images, the same ones every time. */
    private final class Problem {
        private final Backend backend;
        private final GradientMatching objective;
        private final Tensor real;
        private final Tensor synthetic;
        private final ParameterSet weights;

        Problem(Backend backend, Distance distance, List<ParameterKind> kinds, int capacity) {
            this.backend = backend;
            DifferentiableGraph graph =
                    DifferentiableGraph.compile(ConvNet.configuration(2, 4, 2, 8, 3), 2, 8, 8, backend);
            objective = new GradientMatching(new ChunkedGraph(graph, workers, capacity), distance.measure(), kinds);
            SplittableRandom random = new SplittableRandom(1);
            real = normal(backend, random, REAL, 2, 8, 8);
            synthetic = normal(backend, random, SYNTHETIC, 2, 8, 8);
            weights = weights(backend);
        }

        Outcome evaluate(int subset, int frozen, int... measured) {
            return evaluate(LABEL, synthetic, subset, frozen, measured);
        }

        Outcome evaluate(int label, Tensor own, int subset, int frozen, int... measured) {
            return evaluate(label, own, new Prefixes(subset, frozen, measured));
        }

        Outcome evaluate(int label, Tensor own, Prefixes prefixes) {
            return objective.evaluate(
                    weights,
                    new Batches(
                            new LabelledImages(real, targets(backend, real, label)),
                            new LabelledImages(own, targets(backend, own, label))),
                    prefixes);
        }
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
        ParameterSet g = NetworkProbe.run(graph, weights(backend), own, targets(backend, own, LABEL))
                .gradients();
        ParameterSet h = NetworkProbe.run(graph, weights(backend), real, targets(backend, real, LABEL))
                .gradients();
        double total = 0;
        for (int i = 0; i < g.parameters().size(); i++) {
            if (kinds.contains(g.parameters().get(i).role().kind())) {
                boolean dense = g.parameters().get(i).role() == ParameterRole.DENSE_WEIGHT;
                Tensor x = dense ? byOutput(backend, g.get(i)) : g.get(i);
                Tensor y = dense ? byOutput(backend, h.get(i)) : h.get(i);
                total += name.measure().measure(backend, x, y, backend.zeros(x.shape()));
            }
        }
        return total;
    }

    /** Weights {@code [in, out]} of a dense layer with a row for each output. */
    private static Tensor byOutput(Backend backend, Tensor weights) {
        double[] values = weights.toDoubles();
        int outputs = weights.dim(1);
        double[] turned = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            turned[k % outputs * weights.dim(0) + k / outputs] = values[k];
        }
        return backend.of(turned, outputs, weights.dim(0));
    }

    private static Tensor targets(Backend backend, Tensor images, int label) {
        double[] oneHot = new double[images.dim(0) * 3];
        for (int i = 0; i < images.dim(0); i++) {
            oneHot[3 * i + label] = 1;
        }
        return backend.of(oneHot, images.dim(0), 3);
    }

    @ParameterizedTest
    @EnumSource(Distance.class)
    void lossesAreDistancesBetweenMeanGradients(Distance distance) {
        Backend backend = TestBackends.DOUBLE;
        for (List<ParameterKind> kinds : List.of(CONV, List.of(ParameterKind.values()))) {
            Problem problem = new Problem(backend, distance, kinds, 3);
            double base = distance(backend, distance, kinds, problem.synthetic, problem.real);
            for (int subset : new int[] {0, 3, 8}) {
                Losses losses = problem.evaluate(subset, 0).losses();
                assertClose(base, losses.base(), 1e-11, "base");
                double expected = subset == 0
                        ? 0
                        : distance(backend, distance, kinds, problem.synthetic.rows(0, subset), problem.real);
                assertClose(expected, losses.subset(), 1e-11, "subset of " + subset);
                assertEquals(losses.base() + losses.subset(), losses.total());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void severalProblemsAtOnceAreAsOneByOne(Backend backend) {
        Prefixes[] prefixes = {
            new Prefixes(0, 0),
            new Prefixes(5, 3, new int[] {2, 5, 7}),
            new Prefixes(Map.of(2, 0.5, 4, 2.0), 4, new int[0])
        };
        Problem problem = new Problem(backend, Distance.MSE, List.of(ParameterKind.values()), 4);
        List<io.mdc.objective.Problem> problems = new ArrayList<>();
        for (int label = 0; label < prefixes.length; label++) {
            Tensor own = normal(backend, new SplittableRandom(label), SYNTHETIC, 2, 8, 8);
            problems.add(new io.mdc.objective.Problem(
                    new Batches(
                            new LabelledImages(problem.real, targets(backend, problem.real, label)),
                            new LabelledImages(own, targets(backend, own, label))),
                    prefixes[label]));
        }
        double tolerance = TestBackends.tolerance(backend, 1e-12, 1e-5);
        List<Outcome> together = problem.objective.evaluate(problem.weights, problems);
        Problem single = new Problem(backend, Distance.MSE, List.of(ParameterKind.values()), 100);
        for (int label = 0; label < prefixes.length; label++) {
            Outcome alone = single.objective
                    .evaluate(single.weights, List.of(problems.get(label)))
                    .get(0);
            Outcome found = together.get(label);
            assertClose(alone.losses().base(), found.losses().base(), tolerance, "base");
            assertClose(alone.losses().subset(), found.losses().subset(), tolerance, "subset");
            assertClose(alone.distances(), found.distances(), tolerance, "distances");
            assertClose(alone.gradient().toDoubles(), found.gradient().toDoubles(), tolerance, "gradient");
            assertClose(alone.features().toDoubles(), found.features().toDoubles(), tolerance, "features");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3,5", "5,3", "4,4", "8,7", "2,8"})
    void anyChunksGiveTheSameGradient(int subset, int frozen) {
        Backend backend = TestBackends.DOUBLE;
        Outcome whole = new Problem(backend, Distance.MSE, CONV, 100).evaluate(subset, frozen);
        Outcome cut = new Problem(backend, Distance.MSE, CONV, 2).evaluate(subset, frozen);
        assertClose(whole.losses().total(), cut.losses().total(), 1e-12, "loss");
        assertClose(whole.gradient().toDoubles(), cut.gradient().toDoubles(), 1e-12, "gradient");
        assertClose(whole.features().toDoubles(), cut.features().toDoubles(), 1e-13, "features");
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void frozenImagesGetNoGradientAndOthersTheSame(Backend backend) {
        Problem problem = new Problem(backend, Distance.MSE, CONV, 3);
        Outcome outcome = problem.evaluate(4, 0);
        double[] free = outcome.gradient().toDoubles();
        double tolerance = TestBackends.tolerance(backend, 1e-13, 1e-5);
        // the objective is evaluated with other prefixes, as between selections
        for (int frozen : new int[] {2, 6, 8, 0}) {
            backend.vectors().fill(outcome.gradient(), 99);
            outcome = problem.evaluate(4, frozen);
            double[] expected = free.clone();
            Arrays.fill(expected, 0, frozen * 128, 0);
            double[] actual = outcome.gradient().toDoubles();
            assertClose(expected, actual, tolerance, frozen + " frozen");
            assertArrayEquals(new double[frozen * 128], Arrays.copyOf(actual, frozen * 128));
        }
    }

    @Test
    void theGradientOfBothTermsIsTheSumOfTheirGradients() {
        Problem problem = new Problem(TestBackends.DOUBLE, Distance.L1, CONV, 3);
        double[] sum = problem.evaluate(3, 0).gradient().toDoubles();
        double[] base = problem.evaluate(0, 0).gradient().toDoubles();
        // the subset alone, as a batch of its own
        Outcome alone = problem.evaluate(LABEL, problem.synthetic.rows(0, 3), 0, 0);
        double[] subset = Arrays.copyOf(alone.gradient().toDoubles(), base.length);
        assertClose(plus(base, 1, subset), sum, 1e-12);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void severalPrefixesAddTheirLossesAndGradientsTimesTheirWeights(Backend backend) {
        Problem problem = new Problem(backend, Distance.MSE, CONV, 3);
        double tolerance = TestBackends.tolerance(backend, 1e-12, 2e-4);
        Map<Integer, Double> weights = Map.of(0, 7.0, 1, 0.5, 3, 0.25, 4, 0.0, 7, 1.5, SYNTHETIC, 0.75);
        double[] base = problem.evaluate(0, 0).gradient().toDoubles();
        double[] gradient = base;
        double subset = 0;
        for (Map.Entry<Integer, Double> one : weights.entrySet()) {
            Outcome alone = problem.evaluate(one.getKey(), 0);
            subset += one.getValue() * alone.losses().subset();
            gradient = plus(gradient, one.getValue(), plus(alone.gradient().toDoubles(), -1, base));
        }
        for (int frozen : new int[] {0, 2, 5}) {
            Outcome all =
                    problem.evaluate(LABEL, problem.synthetic, new Prefixes(weights, frozen, new int[] {3, 4, 5}));
            assertClose(subset, all.losses().subset(), tolerance, "losses");
            Arrays.fill(gradient, 0, frozen * 128, 0);
            assertClose(gradient, all.gradient().toDoubles(), tolerance, frozen + " frozen");
            double[] distances = all.distances();
            for (int i = 0; i < 3; i++) {
                assertClose(problem.evaluate(3 + i, 0).losses().subset(), distances[i], tolerance, "prefix " + (3 + i));
            }
        }
    }

    @Test
    void aPrefixOfWeightOneIsTheSubsetBitByBit() {
        Problem problem = new Problem(TestBackends.HOST, Distance.MSE, CONV, 3);
        double[] subset = problem.evaluate(3, 1).gradient().toDoubles();
        Prefixes weighted = new Prefixes(Map.of(3, 1.0, 5, 0.0), 1, new int[0]);
        assertArrayEquals(
                subset,
                problem.evaluate(LABEL, problem.synthetic, weighted).gradient().toDoubles());
    }

    @Test
    void theLabelOfTheClassIsUsed() {
        Problem problem = new Problem(TestBackends.DOUBLE, Distance.MSE, CONV, 3);
        double one = problem.evaluate(0, 0).losses().total();
        double other = problem.evaluate(2, problem.synthetic, 0, 0).losses().total();
        assertTrue(Math.abs(one - other) > 1e-3 * one, one + " and " + other);
        assertEquals(one, problem.evaluate(0, 0).losses().total());
    }

    @Test
    void featuresOfRealThenSyntheticImagesAreKept() {
        Problem problem = new Problem(TestBackends.DOUBLE, Distance.MSE, CONV, 3);
        Outcome outcome = problem.evaluate(3, 2);
        double[] features = outcome.features().toDoubles();
        assertArrayEquals(new int[] {REAL + SYNTHETIC, 16}, outcome.features().shape());
        assertEquals(REAL, outcome.realImages());
        double[] real = problem.real.toDoubles();
        problem.real.set(Arrays.copyOf(problem.synthetic.toDoubles(), real.length));
        assertClose(
                Arrays.copyOfRange(features, REAL * 16, 2 * REAL * 16),
                problem.evaluate(0, 0).features().rows(0, REAL).toDoubles(),
                1e-13);
    }

    @ParameterizedTest
    @CsvSource({"9,0", "0,9"})
    void prefixesLargerThanTheBatchAreRefused(int subset, int frozen) {
        Problem problem = new Problem(TestBackends.DOUBLE, Distance.MSE, CONV, 3);
        String message = assertThrows(IllegalArgumentException.class, () -> problem.evaluate(subset, frozen))
                .getMessage();
        assertEquals("prefixes of [" + subset + "], " + frozen + " and [] of 8 synthetic images", message);
    }

    @Test
    void negativePrefixesAreRefused() {
        assertEquals(
                "prefixes of [-1], 0 and [] images; must be at least 0",
                assertThrows(IllegalArgumentException.class, () -> new Prefixes(-1, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Prefixes(0, 0, new int[] {2, -2}));
        assertEquals(
                "weights of prefixes {2=-0.5}; must be at least 0",
                assertThrows(IllegalArgumentException.class, () -> new Prefixes(Map.of(2, -0.5), 0, new int[0]))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Prefixes(Map.of(2, Double.NaN), 0, new int[0]));
    }

    @Test
    void matchingNothingIsRefused() {
        String message = assertThrows(
                        ConfigException.class, () -> new Problem(TestBackends.DOUBLE, Distance.MSE, List.of(), 3))
                .getMessage();
        assertEquals("--match '': the network has no parameter of these kinds", message);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void matchingNothingButWhatNormsCancelIsRefused(Backend backend) {
        List<ParameterKind> biases = List.of(ParameterKind.CONV_BIAS);
        String message = assertThrows(ConfigException.class, () -> new Problem(backend, Distance.MSE, biases, 3))
                .getMessage();
        assertEquals(
                "--match conv-bias: the network's norms cancel these biases, so nothing would be matched;"
                        + " name any of conv,norm,classifier too",
                message);
        List<ParameterKind> more = List.of(ParameterKind.CONV_BIAS, ParameterKind.NORM);
        assertTrue(new Problem(backend, Distance.MSE, more, 3)
                        .evaluate(0, 0)
                        .losses()
                        .base()
                > 0);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void distancesOfPrefixesAreTheLossesOfThosePrefixes(Backend backend) {
        double tolerance = TestBackends.tolerance(backend, 1e-12, 1e-4);
        Problem problem = new Problem(backend, Distance.MSE, CONV, 3);
        Outcome asked = problem.evaluate(2, 1, 0, 2, 5, SYNTHETIC);
        double[] image = asked.gradient().toDoubles();
        double[] distances = asked.distances();
        assertTrue(Double.isNaN(distances[0]), "a prefix without images");
        assertClose(asked.losses().subset(), distances[1], tolerance, "the subset");
        assertClose(problem.evaluate(5, 0).losses().subset(), distances[2], tolerance, "another prefix");
        assertClose(asked.losses().base(), distances[3], tolerance, "all images");
        Outcome plain = problem.evaluate(2, 1);
        assertClose(
                plain.losses().total(),
                asked.losses().total(),
                tolerance,
                "the loss does not depend on what is measured");
        assertClose(plain.gradient().toDoubles(), image, tolerance, "nor does its gradient");
        assertEquals(0, plain.distances().length);
    }

    @Test
    void softLabelsMixTheGradientsOfHardOnes() {
        Problem problem = new Problem(TestBackends.DOUBLE, Distance.MSE, CONV, 3);
        DifferentiableGraph graph =
                DifferentiableGraph.compile(ConvNet.configuration(2, 4, 2, 8, 3), 2, 8, 8, TestBackends.DOUBLE);
        double[][] gradients = new double[3][];
        double[][] labels = {{1, 0, 0}, {0, 0, 1}, {0.25, 0, 0.75}};
        for (int i = 0; i < 3; i++) {
            double[] rows = new double[SYNTHETIC * 3];
            for (int row = 0; row < SYNTHETIC; row++) {
                System.arraycopy(labels[i], 0, rows, 3 * row, 3);
            }
            gradients[i] = NetworkProbe.run(
                            graph, problem.weights, problem.synthetic, TestBackends.DOUBLE.of(rows, SYNTHETIC, 3))
                    .gradients()
                    .flat()
                    .toDoubles();
        }
        double[] mixed = new double[gradients[0].length];
        Arrays.setAll(mixed, i -> 0.25 * gradients[0][i] + 0.75 * gradients[1][i]);
        assertClose(mixed, gradients[2], 1e-12);
    }
}
