package io.mdc.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.mdc.testing.TestBackends;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
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

    private static Layer norm() {
        return new InstanceNormalization.Builder().build();
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                graph("v1", CONVOLUTION, Graphs.relu(), SOFTMAX),
                graph("v1", CONVOLUTION, Graphs.pool(2, PoolingType.AVG), SOFTMAX),
                graph("v2", CONVOLUTION, norm(), Graphs.pool(2, PoolingType.MAX), SOFTMAX),
                graph("v2", CONVOLUTION, norm(), new ActivationLayer(Activation.TANH), SOFTMAX),
                graph(
                        "v2",
                        CONVOLUTION,
                        norm(),
                        new SubsamplingLayer.Builder(PoolingType.AVG)
                                .kernelSize(3, 3)
                                .stride(2, 2)
                                .build(),
                        SOFTMAX),
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
                                .activation(Activation.RELU)
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
                                .convolutionMode(ConvolutionMode.Same)
                                .activation(Activation.IDENTITY)
                                .build(),
                        SOFTMAX),
                graph(
                        "v0",
                        new DenseLayer.Builder()
                                .nOut(2)
                                .activation(Activation.RELU)
                                .build(),
                        SOFTMAX),
                graph("v0", Graphs.output(LossFunction.MSE, Activation.IDENTITY)),
                graph("v0", Graphs.output(LossFunction.XENT, Activation.SIGMOID)),
                graph("v1", norm(), Graphs.relu(), SOFTMAX),
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
    void aNormWithTwoReadersIsNotFused() {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.convolutional(8, 8, 1))
                .addLayer("norm", norm(), "input")
                .addLayer("relu", Graphs.relu(), "norm")
                .addLayer("other", Graphs.convolution(1, 3, 1, 1, false), "norm")
                .addLayer("out", SOFTMAX, "relu")
                .setOutputs("out")
                .allowDisconnected(true)
                .build();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> DifferentiableGraph.compile(configuration, 1, 8, 8, TestBackends.DOUBLE))
                .getMessage();
        assertTrue(message.contains("'relu'"), message);
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
