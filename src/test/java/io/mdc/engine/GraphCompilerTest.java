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
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.distribution.LogNormalDistribution;
import org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

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
        String message = refusal(configuration, 8);
        assertTrue(message.startsWith("network vertex '" + vertex + "': the engine cannot run "), message);
    }

    /** Settings of layers that run, with which they would be other layers. */
    static Stream<Arguments> settings() {
        return Stream.of(
                setting(
                        "a ReLU with a maximum, a slope or a threshold",
                        "v1",
                        CONVOLUTION,
                        new ActivationLayer(new ActivationReLU(6.0, null, null)),
                        SOFTMAX),
                setting(
                        "a ReLU with a maximum, a slope or a threshold",
                        "v0",
                        convolution()
                                .activation(new ActivationReLU(null, 0.1, null))
                                .build(),
                        SOFTMAX),
                setting(
                        "a ReLU with a maximum, a slope or a threshold",
                        "v0",
                        dense().activation(new ActivationReLU(null, 0.0, 0.3)).build(),
                        SOFTMAX),
                setting("layer norm", "v0", dense().hasLayerNorm(true).build(), SOFTMAX),
                setting(
                        "weights from TruncatedNormalDistribution(mean=0.0, std=0.1)",
                        "v0",
                        convolution()
                                .weightInit(new TruncatedNormalDistribution(0, 0.1))
                                .build(),
                        SOFTMAX),
                setting(
                        "weights from LogNormalDistribution(mean=0.0, std=0.1)",
                        "v0",
                        dense().weightInit(new LogNormalDistribution(0, 0.1)).build(),
                        SOFTMAX),
                setting(
                        "the weight initialisation WeightInitIdentity",
                        "v0",
                        dense().weightInit(WeightInit.IDENTITY).build(),
                        SOFTMAX),
                setting(
                        "the weight noise DropConnect",
                        "v0",
                        convolution().weightNoise(new DropConnect(0.5)).build(),
                        SOFTMAX),
                setting(
                        "the constraint NonNegativeConstraint",
                        "v0",
                        convolution()
                                .constrainWeights(new NonNegativeConstraint())
                                .build(),
                        SOFTMAX),
                setting(
                        "a loss with class weights",
                        "v0",
                        new OutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(1.0, 2.0, 3.0)))
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build()),
                setting(
                        "BatchNormalization that starts with gamma 0.3 and beta 0.2",
                        "v1",
                        CONVOLUTION,
                        batchNorm().gamma(0.3).beta(0.2).build(),
                        SOFTMAX),
                setting(
                        "BatchNormalization with locked gamma and beta",
                        "v1",
                        CONVOLUTION,
                        batchNorm().lockGammaBeta(true).build(),
                        SOFTMAX),
                setting(
                        "BatchNormalization that keeps logarithms (useLogStd)",
                        "v1",
                        CONVOLUTION,
                        batchNorm().useLogStd(true).build(),
                        SOFTMAX));
    }

    private static ConvolutionLayer.Builder convolution() {
        return new ConvolutionLayer.Builder(3, 3).nOut(2).activation(Activation.IDENTITY);
    }

    private static DenseLayer.Builder dense() {
        return new DenseLayer.Builder().nOut(2).activation(Activation.IDENTITY);
    }

    private static BatchNormalization.Builder batchNorm() {
        return new BatchNormalization.Builder().useLogStd(false);
    }

    private static Arguments setting(String refused, String vertex, Layer... layers) {
        return Arguments.of(
                "network vertex '" + vertex + "': the engine cannot run " + refused, Graphs.chain(1, 8, layers));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void settingsThatWouldBeIgnoredAreRefused(String expected, ComputationGraphConfiguration configuration) {
        assertEquals(expected, refusal(configuration, 8));
    }

    private static String refusal(ComputationGraphConfiguration configuration, int size) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> DifferentiableGraph.compile(configuration, 1, size, size, TestBackends.DOUBLE))
                .getMessage();
    }

    @Test
    void shapesThatAVertexCannotTakeAreRefused() {
        assertEquals(
                "network vertex 'v1': the engine cannot run BatchNormalization of [2]: it needs planes [C, H, W]",
                refusal(Graphs.chain(1, 8, dense().build(), batchNorm().build(), SOFTMAX), 8));
        assertEquals(
                "network vertex 'join': the engine cannot run Add of [2, 8, 8] and [2, 6, 6]: it needs inputs of one"
                        + " shape",
                refusal(branches(new ElementWiseVertex(ElementWiseVertex.Op.Add), CONVOLUTION, unpadded()), 8));
        assertEquals(
                "network vertex 'join': the engine cannot run MergeVertex of [2, 8, 8] and [2, 6, 6]: it needs planes"
                        + " [C, H, W] of one size",
                refusal(branches(new MergeVertex(), CONVOLUTION, unpadded()), 8));
        assertEquals(
                "network vertex 'join': the engine cannot run MergeVertex of [2] and [2]: it needs planes [C, H, W] of"
                        + " one size",
                refusal(
                        branches(
                                new MergeVertex(),
                                dense().nIn(64).build(),
                                dense().nIn(64).build()),
                        8));
    }

    @Test
    void planesSmallerThanAWindowAreRefused() {
        Layer pool = Graphs.pool(4, PoolingType.AVG);
        ComputationGraphConfiguration alone = Graphs.chain(1, 8, CONVOLUTION, pool, SOFTMAX);
        ComputationGraphConfiguration fused = Graphs.chain(1, 8, CONVOLUTION, norm(), pool, SOFTMAX);
        String refused =
                ": the engine cannot run SubsamplingLayer of [2, 3, 3]: it needs planes of at least 4x4 pixels";
        assertEquals("network vertex 'v1'" + refused, refusal(alone, 3));
        assertEquals("network vertex 'v2'" + refused, refusal(fused, 3));
        assertEquals(
                "network vertex 'v0': the engine cannot run ConvolutionLayer of [1, 2, 2]: it needs planes of at least 3x3 pixels",
                refusal(Graphs.chain(1, 8, unpadded(), SOFTMAX), 2));
    }

    private static Layer unpadded() {
        return Graphs.convolution(2, 3, 1, 0, true);
    }

    /** Two layers of the images that meet, made without the check of shapes that DL4J makes if it knows the images. */
    private static ComputationGraphConfiguration branches(GraphVertex join, Layer... layers) {
        for (Layer layer : layers) {
            if (layer instanceof ConvolutionLayer convolution) {
                convolution.setNIn(1);
            }
        }
        return new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("input")
                .addLayer("a", layers[0], "input")
                .addLayer("b", layers[1], "input")
                .addVertex("join", join, "a", "b")
                .addLayer("out", SOFTMAX, "join")
                .setOutputs("out")
                .build();
    }

    @Test
    void everythingUnsupportedIsListed() {
        ComputationGraphConfiguration configuration =
                Graphs.chain(1, 8, CONVOLUTION, new ActivationLayer(Activation.TANH), PNORM, SOFTMAX);
        assertEquals(
                "network vertex 'v1': the engine cannot run the activation tanh; "
                        + "network vertex 'v2': the engine cannot run pooling of type PNORM",
                refusal(configuration, 8));
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
