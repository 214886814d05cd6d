package io.mdc.engine;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.map;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Named.named;

import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.tensor.Backend;
import io.mdc.testing.TestBackends;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Score and first derivatives of the engine against DL4J's own in double precision. */
class Deeplearning4jAgreementTest {
    private static final int IMAGES = 5;

    static Stream<Named<Graphs.Example>> graphs() {
        return Stream.concat(
                        Stream.of(
                                convNet(3, 4, 3, 16, 5),
                                convNet(3, 3, 1, 14, 4),
                                convNet(2, 5, 3, 9, 3),
                                convNet(1, 2, 2, 8, 2)),
                        Stream.concat(Graphs.all(), Graphs.coupled()))
                .map(example -> named(example.name(), example));
    }

    private static Graphs.Example convNet(int depth, int width, int channels, int size, int classes) {
        return new Graphs.Example(
                "ConvNet of depth " + depth + ", width " + width + " for " + channels + "x" + size + "x" + size,
                ConvNet.configuration(depth, width, channels, size, classes),
                channels,
                size);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void scoreAndEveryGradientAgree(Graphs.Example example) {
        SplittableRandom random = new SplittableRandom(example.size());
        DifferentiableGraph graph = example.compile(TestBackends.DOUBLE);
        ParameterSet weights = Graphs.weights(graph, random);
        double[] images = normal(random, IMAGES * example.channels() * example.size() * example.size());
        double[] labels = new double[IMAGES * graph.classes()];
        for (int i = 0; i < IMAGES; i++) {
            double kept = i < 2 ? 1 : random.nextDouble();
            labels[i * graph.classes() + i % graph.classes()] += kept;
            labels[i * graph.classes() + (i + 1) % graph.classes()] += 1 - kept;
        }
        ComputationGraph theirs = deeplearning4j(example.configuration(), weights);
        Map<String, double[]> expected = gradients(theirs, example, images, labels);

        for (Backend backend : new Backend[] {TestBackends.DOUBLE, TestBackends.FLOAT, TestBackends.HOST}) {
            double tolerance = TestBackends.tolerance(backend, 1e-10, 1e-4);
            DifferentiableGraph own = example.compile(backend);
            ParameterSet ownWeights = own.newParameters();
            ownWeights.flat().set(weights.flat().toDoubles());
            NetworkProbe ours = NetworkProbe.run(
                    own,
                    ownWeights,
                    backend.of(images, IMAGES, example.channels(), example.size(), example.size()),
                    backend.of(labels, IMAGES, graph.classes()));
            assertClose(theirs.score(), ours.loss(), Math.min(tolerance, 1e-6), "score");
            assertAgree(expected, ours.gradients(), tolerance, backend.name() + " ");
        }
    }

    private static void assertAgree(Map<String, double[]> expected, ParameterSet ours, double tolerance, String what) {
        long running = expected.keySet().stream()
                .filter(name -> name.endsWith("_mean") || name.endsWith("_var"))
                .count();
        assertEquals(ours.parameters().size(), expected.size() - running, expected.keySet()::toString);
        double largest =
                expected.values().stream().mapToDouble(g -> dot(g, g)).max().orElseThrow();
        for (Parameter parameter : ours.parameters()) {
            double[] gradient = expected.get(parameter.name());
            double[] actual = ours.get(parameter.name()).toDoubles();
            if (dot(gradient, gradient) < 1e-24 * largest) {
                // a bias that a norm cancels: rounding noise there, exactly 0 here
                assertClose(new double[actual.length], actual, 0, what + parameter.name());
            } else {
                assertClose(gradient, actual, tolerance, what + parameter.name());
            }
        }
    }

    private static ComputationGraph deeplearning4j(ComputationGraphConfiguration configuration, ParameterSet weights) {
        ComputationGraphConfiguration copy = configuration.clone();
        copy.setDataType(DataType.DOUBLE);
        ComputationGraph graph = new ComputationGraph(copy);
        graph.init();
        for (Parameter parameter : weights.parameters()) {
            double[] values = weights.get(parameter.name()).toDoubles();
            long[] shape = graph.getParam(parameter.name()).shape();
            graph.setParam(parameter.name(), Nd4j.createFromArray(values).reshape('c', shape));
        }
        return graph;
    }

    /** Gradients of the mean loss; DL4J sums over the batch and divides in its updater. */
    private static Map<String, double[]> gradients(
            ComputationGraph graph, Graphs.Example example, double[] images, double[] labels) {
        graph.setInputs(
                Nd4j.createFromArray(images).reshape('c', IMAGES, example.channels(), example.size(), example.size()));
        graph.setLabels(Nd4j.createFromArray(labels).reshape('c', IMAGES, labels.length / IMAGES));
        PrintStream out = System.out;
        // SameDiff prints a line for every derivative
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            graph.computeGradientAndScore();
        } finally {
            System.setOut(out);
        }
        Map<String, double[]> gradients = new HashMap<>();
        graph.gradient()
                .gradientForVariable()
                .forEach((name, gradient) ->
                        gradients.put(name, map(gradient.dup('c').data().asDouble(), g -> g / IMAGES)));
        return gradients;
    }
}
