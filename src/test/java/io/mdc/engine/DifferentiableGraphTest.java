package io.mdc.engine;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.map;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Named.named;

import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import io.mdc.testing.DeviceLike;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DifferentiableGraphTest {
    private static final int IMAGES = 3;
    private static final double STEP = 1e-6;

    static Stream<Named<Graphs.Example>> graphs() {
        return Stream.concat(
                        Stream.of(
                                new Graphs.Example("ConvNet", ConvNet.configuration(2, 3, 2, 7, 3), 2, 7),
                                new Graphs.Example("deep ConvNet", ConvNet.configuration(3, 2, 1, 8, 2), 1, 8)),
                        Graphs.all())
                .map(example -> named(example.name(), example));
    }

    static Stream<Named<Graphs.Example>> allGraphs() {
        return Stream.concat(graphs(), Graphs.coupled().map(example -> named(example.name(), example)));
    }

    /** A random problem with a direction of weight space, on any backend. */
    private static final class Problem {
        private final Graphs.Example example;
        private final double[] weights;
        private final double[] direction;
        private final double[] images;
        private final double[] targets;

        Problem(Graphs.Example example) {
            this.example = example;
            SplittableRandom random = new SplittableRandom(5);
            DifferentiableGraph graph = example.compile(TestBackends.DOUBLE);
            weights = Graphs.weights(graph, random).flat().toDoubles();
            direction = normal(random, weights.length);
            images = normal(random, IMAGES * example.channels() * example.size() * example.size());
            targets = new double[IMAGES * graph.classes()];
            for (int i = 0; i < IMAGES; i++) {
                targets[i * graph.classes() + i % graph.classes()] += 0.75;
                targets[i * graph.classes()] += 0.25;
            }
        }

        Tensor images(Backend backend) {
            return backend.of(images, IMAGES, example.channels(), example.size(), example.size());
        }

        NetworkProbe probe(Backend backend, double step) {
            DifferentiableGraph graph = example.compile(backend);
            return NetworkProbe.run(graph, weights(graph, step), images(backend), targets(graph));
        }

        ParameterSet weights(DifferentiableGraph graph, double step) {
            ParameterSet set = graph.newParameters();
            set.flat().set(plus(weights, step, direction));
            return set;
        }

        Tensor targets(DifferentiableGraph graph) {
            return graph.backend().of(targets, IMAGES, graph.classes());
        }

        double[] tangent(Backend backend) {
            DifferentiableGraph graph = example.compile(backend);
            return pass(graph, crossEntropy(graph), 0).imagesDot();
        }

        double[] features(DifferentiableGraph graph) {
            Frame frame = graph.newFrame(IMAGES);
            graph.backend().vectors().copy(images(graph.backend()), frame.value(0));
            ParameterSet own = weights(graph, 0);
            graph.prepare(own);
            graph.forward(frame, own, Site.FEATURES);
            return graph.features(frame).toDoubles();
        }

        Head crossEntropy(DifferentiableGraph graph) {
            return new CrossEntropy(
                    targets(graph), 1.0 / IMAGES, graph.backend().zeros(IMAGES, graph.classes()));
        }

        /** Gradients at weights {@code step} along the direction, and their tangents in it. */
        Pass pass(DifferentiableGraph graph, Head head, double step) {
            Frame frame = graph.newFrame(IMAGES);
            frame.wantImageGradient(true);
            graph.backend().vectors().copy(images(graph.backend()), frame.value(0));
            ParameterSet own = weights(graph, step);
            graph.prepare(own);
            graph.forward(frame, own, head.site());
            // Whatever is not overwritten would show.
            ParameterSet gradients = graph.newParameters();
            ParameterSet gradientsDot = graph.newParameters();
            for (Parameter parameter : graph.parameters()) {
                if (parameter.role().kind() == ParameterKind.CLASSIFIER) {
                    graph.backend().vectors().fill(gradients.get(parameter.name()), 5);
                    graph.backend().vectors().fill(gradientsDot.get(parameter.name()), 5);
                }
            }
            graph.backward(frame, own, head, gradients);
            ParameterSet along = graph.newParameters();
            along.flat().set(direction);
            graph.prepare(along);
            Tensor imagesDot = graph.tangent(frame, graph.newPassingFrame(IMAGES), own, along, head, gradientsDot);
            return new Pass(
                    frame.gradient(0).toDoubles(),
                    gradients.flat().toDoubles(),
                    imagesDot.toDoubles(),
                    gradientsDot.flat().toDoubles());
        }
    }

    /** Gradients of images and weights, and their tangents. */
    private record Pass(double[] images, double[] weights, double[] imagesDot, double[] weightsDot) {}

    /** A head whose loss is {@code Σ values³/3}, so that its curvature is {@code 2·values}. */
    private static final class Cubic implements Head {
        private final Site site;
        private double[] values;

        Cubic(Site site) {
            this.site = site;
        }

        @Override
        public Site site() {
            return site;
        }

        @Override
        public Numbers cotangent(Backend backend, Tensor given, Tensor out) {
            values = given.toDoubles();
            out.set(map(values, v -> v * v));
            return Numbers.of(Arrays.stream(values).map(v -> v * v * v / 3).sum());
        }

        @Override
        public void tangent(Backend backend, Tensor valuesDot, Tensor out) {
            double[] dot = valuesDot.toDoubles();
            for (int i = 0; i < dot.length; i++) {
                dot[i] *= 2 * values[i];
            }
            out.set(dot);
        }
    }

    private static double[] slope(double[] ahead, double[] behind) {
        return map(plus(ahead, -1, behind), d -> d / (2 * STEP));
    }

    @Test
    void samplesKeepToArraysWhoseElementsAnIntNumbers() {
        DifferentiableGraph graph = new Graphs.Example("ConvNet", ConvNet.configuration(3, 128, 3, 64, 10), 3, 64)
                .compile(new DeviceLike(1L << 50).backend());
        assertEquals(Integer.MAX_VALUE / (128 * 64 * 64), graph.samplesThatFit());
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void theTangentOfTheWeightGradientIsItsSlope(Graphs.Example example) {
        Problem problem = new Problem(example);
        DifferentiableGraph graph = example.compile(TestBackends.DOUBLE);
        double[] slope = slope(
                problem.pass(graph, problem.crossEntropy(graph), STEP).weights(),
                problem.pass(graph, problem.crossEntropy(graph), -STEP).weights());
        double[] tangent = problem.pass(graph, problem.crossEntropy(graph), 0).weightsDot();
        assertClose(slope, tangent, 1e-7);
        for (Backend backend : List.of(TestBackends.FLOAT, TestBackends.HOST)) {
            DifferentiableGraph other = example.compile(backend);
            assertClose(
                    tangent, problem.pass(other, problem.crossEntropy(other), 0).weightsDot(), 2e-4, backend.name());
        }
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void passesFromTheFeaturesAreSlopesOfEachOther(Graphs.Example example) {
        Problem problem = new Problem(example);
        for (Site site : Site.values()) {
            DifferentiableGraph graph = example.compile(TestBackends.DOUBLE);
            Pass pass = problem.pass(graph, new Cubic(site), 0);
            Pass ahead = problem.pass(graph, new Cubic(site), STEP);
            Pass behind = problem.pass(graph, new Cubic(site), -STEP);
            assertClose(slope(ahead.images(), behind.images()), pass.imagesDot(), 1e-6, site + ", images");
            assertClose(slope(ahead.weights(), behind.weights()), pass.weightsDot(), 1e-6, site + ", weights");
            Pass host = problem.pass(example.compile(TestBackends.HOST), new Cubic(site), 0);
            assertClose(pass.images(), host.images(), 1e-4, site + ", images on the host");
            assertClose(pass.weights(), host.weights(), 1e-4, site + ", weights on the host");
            assertClose(pass.weightsDot(), host.weightsDot(), 1e-3, site + ", tangents on the host");
        }
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aGivenCotangentPullsItsOwnWeightOnTheFeatures(Graphs.Example example) {
        Problem problem = new Problem(example);
        DifferentiableGraph graph = example.compile(TestBackends.DOUBLE);
        Tensor cotangent = normal(TestBackends.DOUBLE, new SplittableRandom(8), IMAGES, graph.features());
        Pass pass = problem.pass(graph, new Cotangent(Site.FEATURES, cotangent), 0);
        for (int pixel = 0; pixel < pass.images().length; pixel += 41) {
            double value = problem.images[pixel];
            problem.images[pixel] = value + STEP;
            double ahead = dot(problem.features(graph), cotangent.toDoubles());
            problem.images[pixel] = value - STEP;
            double behind = dot(problem.features(graph), cotangent.toDoubles());
            problem.images[pixel] = value;
            assertEquals((ahead - behind) / (2 * STEP), pass.images()[pixel], 1e-7, "pixel " + pixel);
        }
        Pass ahead = problem.pass(graph, new Cotangent(Site.FEATURES, cotangent), STEP);
        Pass behind = problem.pass(graph, new Cotangent(Site.FEATURES, cotangent), -STEP);
        assertClose(slope(ahead.images(), behind.images()), pass.imagesDot(), 1e-6);
        int classifier = graph.classes();
        assertArrayEquals(
                new double[classifier],
                Arrays.copyOfRange(pass.weights(), pass.weights().length - classifier, pass.weights().length),
                "weights behind the features");
        assertArrayEquals(
                new double[classifier],
                Arrays.copyOfRange(pass.weightsDot(), pass.weightsDot().length - classifier, pass.weightsDot().length));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void theTangentIsTheSlopeOfTheImageGradient(Graphs.Example example) {
        Problem problem = new Problem(example);
        double[] ahead =
                problem.probe(TestBackends.DOUBLE, STEP).inputGradient().toDoubles();
        double[] behind =
                problem.probe(TestBackends.DOUBLE, -STEP).inputGradient().toDoubles();
        double[] slope = map(plus(ahead, -1, behind), d -> d / (2 * STEP));
        double[] tangent = problem.tangent(TestBackends.DOUBLE);
        assertClose(slope, tangent, 1e-7);
        assertClose(tangent, problem.tangent(TestBackends.FLOAT), 1e-4, "nd4j float");
        assertClose(tangent, problem.tangent(TestBackends.HOST), 1e-4, "host");
    }

    @ParameterizedTest
    @MethodSource("allGraphs")
    void theImageGradientIsTheSlopeOfTheLoss(Graphs.Example example) {
        Problem problem = new Problem(example);
        double[] gradient =
                problem.probe(TestBackends.DOUBLE, 0).inputGradient().toDoubles();
        for (int pixel = 0; pixel < gradient.length; pixel += 37) {
            double value = problem.images[pixel];
            problem.images[pixel] = value + STEP;
            double ahead = problem.probe(TestBackends.DOUBLE, 0).loss();
            problem.images[pixel] = value - STEP;
            double behind = problem.probe(TestBackends.DOUBLE, 0).loss();
            problem.images[pixel] = value;
            assertEquals((ahead - behind) / (2 * STEP), gradient[pixel], 1e-9, "pixel " + pixel);
        }
    }

    @Test
    void samplesDoNotInteract() {
        Problem problem = new Problem(new Graphs.Example("", ConvNet.configuration(2, 3, 2, 8, 3), 2, 8));
        double[] together =
                problem.probe(TestBackends.DOUBLE, 0).inputGradient().toDoubles();
        int first = together.length / IMAGES;
        for (int i = first; i < problem.images.length; i++) {
            problem.images[i] = -0.3 * problem.images[i];
        }
        double[] otherCompany =
                problem.probe(TestBackends.DOUBLE, 0).inputGradient().toDoubles();
        for (int i = 0; i < first; i++) {
            assertEquals(together[i], otherCompany[i], 1e-15);
        }
    }

    @Test
    void aGraphKnowsItsShapesAndParameters() {
        DifferentiableGraph graph =
                DifferentiableGraph.compile(ConvNet.configuration(3, 4, 3, 14, 5), 3, 14, 14, TestBackends.HOST);
        assertArrayEquals(new int[] {3, 14, 14}, graph.imageShape());
        assertEquals(5, graph.classes());
        assertEquals(4, graph.features());
        assertEquals(
                List.of(
                        "conv0_W",
                        "conv0_b",
                        "norm0_gamma",
                        "norm0_beta",
                        "conv1_W",
                        "conv1_b",
                        "norm1_gamma",
                        "norm1_beta",
                        "conv2_W",
                        "conv2_b",
                        "norm2_gamma",
                        "norm2_beta",
                        "classifier_W",
                        "classifier_b"),
                graph.parameters().stream().map(Parameter::name).toList());
        assertEquals(
                4 * 27 + 2 * 4 * 36 + 3 * 12 + 4 * 5 + 5,
                graph.newParameters().flat().size());
    }

    @Test
    void theFeaturesAreWhatEntersTheClassifier() {
        DifferentiableGraph graph =
                DifferentiableGraph.compile(ConvNet.configuration(1, 2, 1, 4, 3), 1, 4, 4, TestBackends.DOUBLE);
        SplittableRandom random = new SplittableRandom(1);
        ParameterSet weights = Graphs.weights(graph, random);
        Frame frame = graph.newFrame(1);
        frame.value(0).set(normal(random, 16));
        graph.prepare(weights);
        graph.forward(frame, weights, Site.LOGITS);
        double[] features = graph.features(frame).toDoubles();
        double[] matrix = weights.get("classifier_W").toDoubles();
        double[] logits = weights.get("classifier_b").toDoubles();
        for (int i = 0; i < 8; i++) {
            for (int k = 0; k < 3; k++) {
                logits[k] += features[i] * matrix[i * 3 + k];
            }
        }
        assertEquals(8, graph.features());
        assertClose(logits, graph.logits(frame).toDoubles(), 1e-14);
    }
}
