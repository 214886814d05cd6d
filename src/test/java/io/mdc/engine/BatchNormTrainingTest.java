package io.mdc.engine;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.DenseNet;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Networks with batch norm: whole curves of training, and test time, against DL4J in double precision. */
class BatchNormTrainingTest {
    private static final int STEPS = 20;
    private static final int IMAGES = 6;
    private static final double RATE = 0.05;

    static Stream<Named<Graphs.Example>> graphs() {
        return Graphs.coupled().map(example -> Named.of(example.name(), example));
    }

    /** Different batches with labels, the same on both sides. */
    private static final class Batches {
        private final Graphs.Example example;
        private final SplittableRandom random = new SplittableRandom(3);
        private final int classes;

        Batches(Graphs.Example example, int classes) {
            this.example = example;
            this.classes = classes;
        }

        double[] images() {
            return normal(random, IMAGES * example.channels() * example.size() * example.size());
        }

        double[] labels() {
            double[] labels = new double[IMAGES * classes];
            for (int i = 0; i < IMAGES; i++) {
                labels[i * classes + random.nextInt(classes)] = 1;
            }
            return labels;
        }

        long[] shape() {
            return new long[] {IMAGES, example.channels(), example.size(), example.size()};
        }
    }

    private static ComputationGraph deeplearning4j(ComputationGraphConfiguration configuration, ParameterSet weights) {
        ComputationGraphConfiguration copy = configuration.clone();
        copy.setDataType(DataType.DOUBLE);
        ComputationGraph graph = new ComputationGraph(copy);
        graph.init();
        graph.setLearningRate(RATE);
        for (Parameter parameter : weights.parameters()) {
            INDArray target = graph.getParam(parameter.name());
            target.assign(Nd4j.createFromArray(weights.get(parameter.name()).toDoubles())
                    .reshape('c', target.shape()));
        }
        return graph;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void twentyStepsOfTrainingAreThoseOfDeeplearning4j(Graphs.Example example) {
        DifferentiableGraph graph = example.compile(TestBackends.DOUBLE);
        try (Workers workers = new Workers(2)) {
            ChunkedGraph runner = new ChunkedGraph(graph, workers, 2);
            NetworkTrainer trainer = new NetworkTrainer(runner, new Sgd(0, 0));
            Initializer.initialize(trainer.weights(), new SplittableRandom(1));
            ComputationGraph theirs = deeplearning4j(example.configuration(), trainer.weights());
            Batches batches = new Batches(example, graph.classes());
            double first = 0;
            double last = 0;
            for (int step = 0; step < STEPS; step++) {
                double[] images = batches.images();
                double[] labels = batches.labels();
                DataSet data = new DataSet(
                        Nd4j.createFromArray(images).reshape('c', batches.shape()),
                        Nd4j.createFromArray(labels).reshape('c', IMAGES, graph.classes()));
                theirs.fit(data);
                last = trainer.step(images(graph.backend(), example, images), targets(graph, labels), RATE)
                        .first();
                first = step == 0 ? last : first;
                assertEquals(theirs.score(), last, 1e-9, "loss of step " + step);
            }
            assertTrue(first != last);
            assertSameAtTestTime(theirs, runner, trainer, batches);
        }
    }

    private static void assertSameAtTestTime(
            ComputationGraph theirs, ChunkedGraph runner, NetworkTrainer trainer, Batches batches) {
        DifferentiableGraph graph = runner.graph();
        double[] images = batches.images();
        for (Parameter parameter : trainer.statistics().parameters()) {
            INDArray target = theirs.getParam(parameter.name());
            target.assign(Nd4j.createFromArray(
                            trainer.statistics().get(parameter.name()).toDoubles())
                    .reshape('c', target.shape()));
        }
        INDArray expected =
                theirs.outputSingle(false, Nd4j.createFromArray(images).reshape('c', batches.shape()));
        Frame frame = graph.newPassingFrame(IMAGES);
        graph.backend().vectors().copy(images(graph.backend(), batches.example, images), frame.value(0));
        graph.infer(frame, trainer.weights(), trainer.statistics());
        Tensor probabilities = graph.backend().zeros(IMAGES, graph.classes());
        graph.backend()
                .matrices()
                .softmaxLoss(
                        graph.logits(frame),
                        probabilities,
                        1,
                        probabilities,
                        graph.backend().zeros(IMAGES, graph.classes()));
        assertClose(expected.dup('c').data().asDouble(), probabilities.toDoubles(), 1e-9);
        List<Chunk> chunks = new Samples(images(graph.backend(), batches.example, images), null, null, 0)
                .cut(0, IMAGES, 4, 0, false);
        int[] classes = runner.predict(trainer.weights(), trainer.statistics(), chunks);
        for (int i = 0; i < IMAGES; i++) {
            assertEquals(expected.getRow(i).argMax().getInt(0), classes[i]);
        }
    }

    @Test
    void runningStatisticsKeepNineTenthsAndTakeTheUnbiasedVariance() {
        DifferentiableGraph graph = new Graphs.Example("", new DenseNet(List.of(1)).configuration(1, 1, 4, 2), 1, 4)
                .compile(TestBackends.DOUBLE);
        ParameterSet weights = graph.newParameters();
        weights.get("conv1_W")
                .set(IntStream.range(0, 18).mapToDouble(i -> i % 9 == 4 ? i : 0).toArray());
        double[] images = normal(new SplittableRandom(4), 3 * 16);
        ParameterSet running = graph.newStatistics();
        Frame frame = graph.newPassingFrame(3);
        frame.value(0).set(images);
        graph.prepare(weights);
        graph.forward(frame, weights, Site.LOGITS);
        graph.observe(frame, running);
        // The kernels only multiply, by 4 and by 13.
        double mean =
                IntStream.range(0, 48).mapToDouble(i -> images[i]).average().orElseThrow();
        double variance = IntStream.range(0, 48)
                        .mapToDouble(i -> Math.pow(images[i] - mean, 2))
                        .sum()
                / 47;
        assertClose(
                new double[] {0.4 * mean, 1.3 * mean},
                running.get("dense1.0.bn1_mean").toDoubles(),
                1e-12);
        assertClose(
                new double[] {0.9 + 0.1 * 16 * variance, 0.9 + 0.1 * 169 * variance},
                running.get("dense1.0.bn1_var").toDoubles(),
                1e-12);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void gradientsThatShareMemoryAreThoseThatDoNot(Backend backend) {
        Graphs.Example example = Graphs.coupled().toList().get(2);
        DifferentiableGraph graph = example.compile(backend);
        ParameterSet weights = Graphs.weights(graph, new SplittableRandom(1));
        Batches batches = new Batches(example, graph.classes());
        Tensor images = images(backend, example, batches.images());
        Tensor targets = targets(graph, batches.labels());
        double[][] gradients = new double[2][];
        Frame[] frames = {graph.newFrame(IMAGES), graph.newPassingFrame(IMAGES)};
        for (int i = 0; i < 2; i++) {
            ParameterSet gradient = graph.newParameters();
            backend.vectors().copy(images, frames[i].value(0));
            graph.prepare(weights);
            graph.forward(frames[i], weights, Site.LOGITS);
            graph.backward(
                    frames[i], weights, new CrossEntropy(targets, 1, backend.zeros(IMAGES, graph.classes())), gradient);
            gradients[i] = gradient.flat().toDoubles();
        }
        assertClose(gradients[0], gradients[1], 0);
    }

    @Test
    void batchNormIsRefusedForCondensing() {
        NetworkChoice choice = NetworkChoice.parse("resnet10:2");
        NetworkConfig config = new NetworkConfig(choice, 3, OptionalInt.empty());
        String message = assertThrows(
                        ConfigException.class,
                        () -> Networks.graphToCondense(choice, config, 3, 32, 10, TestBackends.HOST))
                .getMessage();
        assertTrue(message.startsWith("--network resnet10:2: has batch norm"), message);
    }

    private static Tensor images(Backend backend, Graphs.Example example, double[] images) {
        return backend.of(images, IMAGES, example.channels(), example.size(), example.size());
    }

    private static Tensor targets(DifferentiableGraph graph, double[] labels) {
        return graph.backend().of(labels, IMAGES, graph.classes());
    }
}
