package io.mdc.objective;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkProbe;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionMatchingTest {
    private static final int REAL = 5;
    private static final int SYNTHETIC = 8;
    private static final int PIXELS = 2 * 8 * 8;

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** An objective with random images, the same ones every time. */
    private final class Problem {
        private final Backend backend;
        private final ChunkedGraph runner;
        private final Objective objective;
        private final ParameterSet weights;
        private final LabelledImages real;
        private final LabelledImages synthetic;

        Problem(Backend backend, int capacity) {
            this.backend = backend;
            DifferentiableGraph graph =
                    DifferentiableGraph.compile(ConvNet.configuration(2, 4, 2, 8, 3), 2, 8, 8, backend);
            runner = new ChunkedGraph(graph, workers, capacity);
            objective = new DistributionMatching(runner);
            weights = graph.newParameters();
            Initializer.initialize(weights, new SplittableRandom(2));
            SplittableRandom random = new SplittableRandom(1);
            real = labelled(REAL, random);
            synthetic = labelled(SYNTHETIC, random);
        }

        private LabelledImages labelled(int n, SplittableRandom random) {
            Tensor targets = backend.zeros(n, 3);
            double[] oneHot = new double[n * 3];
            for (int i = 0; i < n; i++) {
                oneHot[i * 3 + 1] = 1;
            }
            targets.set(oneHot);
            return new LabelledImages(normal(backend, random, n, 2, 8, 8), targets);
        }

        Outcome evaluate(Prefixes prefixes) {
            return objective.evaluate(weights, new Batches(real, synthetic), prefixes);
        }

        /** The squared distance of means, from features one by one. */
        double distance(Outcome outcome, int prefix) {
            double[] features = outcome.features().toDoubles();
            int count = runner.graph().features();
            double sum = 0;
            for (int f = 0; f < count; f++) {
                double ofReal = 0;
                double own = 0;
                for (int i = 0; i < REAL; i++) {
                    ofReal += features[i * count + f] / REAL;
                }
                for (int i = 0; i < prefix; i++) {
                    own += features[(REAL + i) * count + f] / prefix;
                }
                sum += (own - ofReal) * (own - ofReal);
            }
            return sum;
        }
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void lossesAreSquaredDistancesOfMeanFeatures(Backend backend) {
        Problem problem = new Problem(backend, 3);
        double tolerance = TestBackends.tolerance(backend, 1e-12, 1e-4);
        Outcome outcome = problem.evaluate(new Prefixes(Map.of(3, 0.5, 4, 2.0), 2, new int[] {0, 1, 4, SYNTHETIC}));
        double[] distances = outcome.distances();
        assertTrue(Double.isNaN(distances[0]));
        assertClose(problem.distance(outcome, 1), distances[1], tolerance, "1");
        assertClose(problem.distance(outcome, 4), distances[2], tolerance, "4");
        assertClose(problem.distance(outcome, SYNTHETIC), distances[3], tolerance, "all");
        assertClose(distances[3], outcome.losses().base(), tolerance, "base");
        assertClose(
                0.5 * problem.distance(outcome, 3) + 2 * distances[2],
                outcome.losses().subset(),
                tolerance,
                "subset");
        assertEquals(REAL, outcome.realImages());
    }

    @Test
    void gradientOfSeveralPrefixesIsTheWeightedSum() {
        Problem problem = new Problem(TestBackends.DOUBLE, 3);
        double[] base = problem.evaluate(Prefixes.NONE).gradient().toDoubles();
        double[] expected = base.clone();
        Map<Integer, Double> weights = Map.of(1, 0.5, 3, 0.25, 7, 1.5, SYNTHETIC, 0.75);
        weights.forEach((size, weight) -> {
            double[] both = problem.evaluate(new Prefixes(size, 0)).gradient().toDoubles();
            Arrays.setAll(expected, i -> expected[i] + weight * (both[i] - base[i]));
        });
        for (int frozen : new int[] {0, 2, 5, SYNTHETIC}) {
            Arrays.fill(expected, 0, frozen * PIXELS, 0);
            double[] found = problem.evaluate(new Prefixes(weights, frozen, new int[] {2}))
                    .gradient()
                    .toDoubles();
            assertClose(expected, found, 1e-12);
            assertArrayEquals(new double[frozen * PIXELS], Arrays.copyOf(found, frozen * PIXELS));
        }
    }

    @Test
    void anyChunksGiveTheSame() {
        Prefixes prefixes = new Prefixes(Map.of(3, 0.5), 1, new int[0]);
        Outcome whole = new Problem(TestBackends.DOUBLE, 100).evaluate(prefixes);
        Outcome cut = new Problem(TestBackends.DOUBLE, 2).evaluate(prefixes);
        assertClose(whole.losses().total(), cut.losses().total(), 1e-12, "loss");
        assertClose(whole.gradient().toDoubles(), cut.gradient().toDoubles(), 1e-12);
    }

    @Test
    void realFeaturesAreComputedOnceForAllThatShareThem() {
        Problem problem = new Problem(TestBackends.HOST, 3);
        RealBatch shared = RealBatch.remembering(problem.real);
        Batches batches = new Batches(shared, problem.synthetic);
        double[] expected = problem.evaluate(new Prefixes(3, 1)).gradient().toDoubles();
        assertArrayEquals(
                expected,
                problem.objective
                        .evaluate(problem.weights, batches, new Prefixes(3, 1))
                        .gradient()
                        .toDoubles());
        double[] images = problem.real.images().toDoubles();
        problem.real.images().set(new double[images.length]);
        assertArrayEquals(
                expected,
                problem.objective
                        .evaluate(problem.weights, batches, new Prefixes(3, 1))
                        .gradient()
                        .toDoubles());
        shared.changed();
        double blank = problem.objective
                .evaluate(problem.weights, batches, Prefixes.NONE)
                .losses()
                .base();
        problem.real.images().set(images);
        assertTrue(blank != problem.evaluate(Prefixes.NONE).losses().base());
    }

    @Test
    void crossEntropyOfTheImagesIsItsWeightTimesTheNetworks() {
        Problem problem = new Problem(TestBackends.DOUBLE, 3);
        NetworkProbe probe = NetworkProbe.run(
                problem.runner.graph(), problem.weights, problem.synthetic.images(), problem.synthetic.targets());
        Outcome outcome = new Classification(problem.runner, 0.3)
                .evaluate(problem.weights, new Batches(problem.real, problem.synthetic), new Prefixes(3, 2, new int[] {1
                }));
        double[] expected = probe.inputGradient().toDoubles();
        Arrays.setAll(expected, i -> i < 2 * PIXELS ? 0 : 0.3 * expected[i]);
        assertClose(expected, outcome.gradient().toDoubles(), 1e-12);
        assertEquals(0, outcome.losses().subset());
    }

    @Test
    void prefixesLargerThanTheBatchAreRefused() {
        Problem problem = new Problem(TestBackends.DOUBLE, 3);
        assertThrows(IllegalArgumentException.class, () -> problem.evaluate(new Prefixes(9, 0)));
    }
}
