package io.mdc.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.mdc.network.ConvNet;
import io.mdc.network.InstanceNormalization;
import io.mdc.testing.TestBackends;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GraphCompilerTest {
    private static final Layer SOFTMAX = Graphs.output(LossFunction.MCXENT, Activation.SOFTMAX);
    private static final Layer CONVOLUTION = Graphs.convolution(2, 3, 1, 1, true);

    private static final Layer PNORM = new SubsamplingLayer.Builder(PoolingType.PNORM)
            .pnorm(2)
            .kernelSize(2, 2)
            .build();

    private static Layer norm() {
        return new InstanceNormalization.Builder().build();
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                graph("v2", CONVOLUTION, norm(), new ActivationLayer(Activation.TANH), SOFTMAX),
                graph(
                        "v2",
                        CONVOLUTION,
                        norm(),
                        new SubsamplingLayer.Builder(PoolingType.AVG)
                                .kernelSize(3, 3)
                                .stride(3, 3)
                                .convolutionMode(ConvolutionMode.Same)
                                .build(),
                        SOFTMAX),
                graph(
                        "v0",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(2)
                                .activation(Activation.TANH)
                                .build(),
                        SOFTMAX),
                graph(
                        "v0",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(2)
                                .dilation(2, 2)
                                .activation(Activation.IDENTITY)
                                .build(),
                        SOFTMAX),
                graph(
                        "v0",
                        new ConvolutionLayer.Builder(3, 1)
                                .nOut(2)
                                .activation(Activation.IDENTITY)
                                .build(),
                        SOFTMAX),
                graph(
                        "v0",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(2)
                                .stride(2, 2)
                                .convolutionMode(ConvolutionMode.Same)
                                .activation(Activation.IDENTITY)
                                .build(),
                        SOFTMAX),
                graph(
                        "v0",
                        new DenseLayer.Builder()
                                .nOut(2)
                                .activation(Activation.SIGMOID)
                                .build(),
                        SOFTMAX),
                graph("v0", Graphs.output(LossFunction.MSE, Activation.IDENTITY)),
                graph("v0", Graphs.output(LossFunction.XENT, Activation.SIGMOID)),
                graph("v0", norm(), Graphs.relu(), SOFTMAX),
                graph(
                        "v0",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(2)
                                .dropOut(0.5)
                                .activation(Activation.IDENTITY)
                                .build(),
                        SOFTMAX),
                graph("v0", PNORM, SOFTMAX),
                graph(
                        "v0",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(3)
                                .hasBias(false)
                                .activation(Activation.SOFTMAX)
                                .build()),
                graph("v1", CONVOLUTION, norm()));
    }

    private static Arguments graph(String vertex, Layer... layers) {
        Named<ComputationGraphConfiguration> named = named(
                Stream.of(layers).map(layer -> layer.getClass().getSimpleName()).toList() + " at " + vertex,
                Graphs.chain(1, 8, layers));
        return Arguments.of(named, vertex);
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void whatTheEngineCannotRunIsRefusedByName(ComputationGraphConfiguration configuration, String vertex) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> DifferentiableGraph.compile(configuration, 1, 8, 8, TestBackends.DOUBLE))
                .getMessage();
        assertTrue(message.startsWith("network vertex '" + vertex + "': the engine cannot run "), message);
    }

    @Test
    void everythingUnsupportedIsListed() {
        ComputationGraphConfiguration configuration =
                Graphs.chain(1, 8, CONVOLUTION, new ActivationLayer(Activation.TANH), PNORM, SOFTMAX);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> DifferentiableGraph.compile(configuration, 1, 8, 8, TestBackends.DOUBLE))
                .getMessage();
        assertEquals(
                "network vertex 'v1': the engine cannot run the activation tanh; "
                        + "network vertex 'v2': the engine cannot run pooling of type PNORM",
                message);
    }

    @Test
    void aNormIsFusedWithItsOnlyReaderOnly() {
        assertEquals(3, steps(false));
        assertEquals(6, steps(true));
    }

    /** Steps of convolution, norm, ReLU, classifier, where the norm may have another reader that is added again. */
    private static int steps(boolean second) {
        var graph = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.convolutional(8, 8, 1))
                .addLayer("convolution", CONVOLUTION, "input")
                .addLayer("norm", norm(), "convolution")
                .addLayer("relu", Graphs.relu(), "norm");
        if (second) {
            graph.addLayer("other", Graphs.convolution(2, 3, 1, 1, false), "norm")
                    .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "relu", "other");
        }
        ComputationGraphConfiguration configuration = graph.addLayer("out", SOFTMAX, second ? "sum" : "relu")
                .setOutputs("out")
                .build();
        return GraphCompiler.compile(configuration, new int[] {1, 8, 8}, TestBackends.DOUBLE)
                .steps()
                .size();
    }

    @ParameterizedTest
    @CsvSource({"4,8", "3,7", "1,1"})
    void imagesThatCannotBeHalvedAreRefused(int depth, int size) {
        String message = assertThrows(IllegalArgumentException.class, () -> ConvNet.configuration(depth, 2, 3, size, 2))
                .getMessage();
        assertEquals(
                "--depth " + depth + ": images of " + size + " pixels can be halved at most " + (depth - 1) + " times",
                message);
    }
}
