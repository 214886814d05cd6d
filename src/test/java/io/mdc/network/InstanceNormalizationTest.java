package io.mdc.network;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.engine.Graphs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class InstanceNormalizationTest {
    private static final int SIZE = 6;

    private static ComputationGraph graph(ComputationGraphConfiguration configuration) {
        configuration.setDataType(DataType.DOUBLE);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }

    /** A graph whose norm is not the identity. */
    private static ComputationGraph trained() {
        ComputationGraph graph = graph(ConvNet.configuration(2, 3, 2, SIZE, 4));
        SplittableRandom random = new SplittableRandom(1);
        double[] values = normal(random, Math.toIntExact(graph.numParams()));
        graph.setParams(Nd4j.createFromArray(values).reshape('c', 1, values.length));
        return graph;
    }

    private static INDArray images() {
        return Nd4j.createFromArray(normal(new SplittableRandom(2), 3 * 2 * SIZE * SIZE))
                .reshape('c', 3, 2, SIZE, SIZE);
    }

    private static double[] output(ComputationGraph graph) {
        return graph.outputSingle(images()).dup('c').data().asDouble();
    }

    @Test
    void deeplearning4jRunsTheDefinition() {
        ComputationGraph graph = graph(Graphs.chain(
                2,
                SIZE,
                new InstanceNormalization.Builder().epsilon(0.01).build(),
                Graphs.output(LossFunction.MCXENT, Activation.SOFTMAX)));
        graph.setParam("v0_gamma", Nd4j.createFromArray(new double[] {2, -1}).reshape('c', 1, 2, 1, 1));
        graph.setParam("v0_beta", Nd4j.createFromArray(new double[] {0.5, 3}).reshape('c', 1, 2, 1, 1));
        double[] expected = images().data().asDouble();
        int pixels = SIZE * SIZE;
        for (int plane = 0; plane < 6; plane++) {
            double sum = 0;
            double squares = 0;
            for (int p = plane * pixels; p < (plane + 1) * pixels; p++) {
                sum += expected[p];
                squares += expected[p] * expected[p];
            }
            double mean = sum / pixels;
            double deviation = Math.sqrt(squares / pixels - mean * mean + 0.01);
            for (int p = plane * pixels; p < (plane + 1) * pixels; p++) {
                double normed = (expected[p] - mean) / deviation;
                expected[p] = plane % 2 == 0 ? 2 * normed + 0.5 : 3 - normed;
            }
        }
        INDArray actual = graph.feedForward(images(), false).get("v0");
        assertClose(expected, actual.dup('c').data().asDouble(), 1e-12);
    }

    @Test
    void aSavedModelGivesTheSameOutput(@TempDir Path directory) throws IOException {
        ComputationGraph graph = trained();
        File file = directory.resolve("model.zip").toFile();
        ModelSerializer.writeModel(graph, file, true);
        ComputationGraph restored = ModelSerializer.restoreComputationGraph(file);
        assertArrayEquals(output(graph), output(restored));
        assertEquals(graph.getConfiguration(), restored.getConfiguration());
    }

    @Test
    void configurationsSurviveJson() {
        ComputationGraphConfiguration configuration = Graphs.chain(
                5,
                SIZE,
                new InstanceNormalization.Builder().epsilon(0.25).build(),
                Graphs.output(LossFunction.MCXENT, Activation.SOFTMAX));
        ComputationGraphConfiguration copy = ComputationGraphConfiguration.fromJson(configuration.toJson());
        assertEquals(configuration.toJson(), copy.toJson());
        InstanceNormalization norm = (InstanceNormalization)
                ((LayerVertex) copy.getVertices().get("v0")).getLayerConf().getLayer();
        assertEquals(0.25, norm.getEpsilon());
        assertEquals(5, norm.getChannels());
    }

    @Test
    void setParamRefusesAnotherShapeAndSetsTheSame() {
        ComputationGraph graph = trained();
        INDArray four = Nd4j.createFromArray(new double[] {1, 2, 3, 4}).reshape('c', 1, 4, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> graph.setParam("norm0_gamma", four));
        INDArray three = Nd4j.createFromArray(new double[] {1, 2, 3}).reshape('c', 1, 3, 1, 1);
        graph.setParam("norm0_gamma", three);
        assertEquals(three, graph.getParam("norm0_gamma"));
    }
}
