package io.mdc.engine;

import static io.mdc.testing.Numbers.map;

import io.mdc.engine.step.ParameterSet;
import io.mdc.network.DenseNet;
import io.mdc.network.InstanceNormalization;
import io.mdc.network.Norm;
import io.mdc.network.ResNet;
import io.mdc.tensor.Backend;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Graphs other than ConvNet, each with something that ConvNet has not. */
public final class Graphs {
    /** A graph for square images. */
    record Example(String name, ComputationGraphConfiguration configuration, int channels, int size) {
        DifferentiableGraph compile(Backend backend) {
            return DifferentiableGraph.compile(configuration, channels, size, size, backend);
        }
    }

    private Graphs() {}

    /** Initial weights moved a little, so that norm scales are not 1 and shifts not 0. */
    static ParameterSet weights(DifferentiableGraph graph, RandomGenerator random) {
        ParameterSet weights = graph.newParameters();
        Initializer.initialize(weights, random);
        weights.flat().set(map(weights.flat().toDoubles(), w -> w + 0.1 * random.nextGaussian()));
        return weights;
    }

    static Stream<Example> all() {
        return Stream.of(
                example(
                        "bias without norm, then a wide kernel without bias",
                        2,
                        7,
                        convolution(3, 3, 1, 1, true),
                        convolution(2, 5, 1, 2, false),
                        new InstanceNormalization.Builder().epsilon(1e-3).build(),
                        relu(),
                        pool(3, PoolingType.AVG)),
                example(
                        "norm alone, and strides that leave rows over",
                        3,
                        8,
                        convolution(4, 3, 2, 1, true),
                        new InstanceNormalization.Builder().build(),
                        convolution(3, 3, 2, 1, true)),
                example(
                        "norm and pooling without relu, and two linear layers",
                        1,
                        8,
                        convolution(4, 3, 1, 0, false),
                        new InstanceNormalization.Builder().build(),
                        pool(2, PoolingType.AVG),
                        new DenseLayer.Builder()
                                .nOut(6)
                                .activation(Activation.IDENTITY)
                                .build()),
                example(
                        "activations inside layers, mode Same and padded maximum pooling",
                        2,
                        9,
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(3)
                                .convolutionMode(ConvolutionMode.Same)
                                .activation(Activation.RELU)
                                .build(),
                        new SubsamplingLayer.Builder(PoolingType.MAX)
                                .kernelSize(3, 3)
                                .stride(2, 2)
                                .padding(1, 1)
                                .build(),
                        new DenseLayer.Builder()
                                .nOut(5)
                                .activation(Activation.RELU)
                                .build()),
                example(
                        "relu and pooling of their own, windows that overlap",
                        1,
                        8,
                        convolution(3, 3, 1, 1, true),
                        relu(),
                        new SubsamplingLayer.Builder(PoolingType.AVG)
                                .kernelSize(3, 3)
                                .stride(2, 2)
                                .build(),
                        new GlobalPoolingLayer.Builder(PoolingType.AVG).build()),
                example("maximum pooling of images", 1, 8, pool(2, PoolingType.MAX), convolution(2, 3, 1, 1, true)),
                new Example("branches that meet in the images", branches(), 2, 6),
                new Example(
                        "ResNet-AP with the large stem",
                        new ResNet(List.of(1, 2), false, true, Norm.INSTANCE, true).configuration(3, 2, 16, 3),
                        2,
                        16),
                new Example(
                        "ResNet with maximum pooling and bottlenecks",
                        new ResNet(List.of(1, 1), true, false, Norm.INSTANCE, true).configuration(2, 1, 18, 3),
                        1,
                        18));
    }

    /** Graphs whose samples interact. */
    static Stream<Example> coupled() {
        return Stream.of(
                new Example(
                        "ResNet with batch norm",
                        new ResNet(List.of(1, 1, 1), false, false, Norm.BATCH, false).configuration(3, 2, 9, 3),
                        2,
                        9),
                new Example(
                        "ResNet-AP with batch norm",
                        new ResNet(List.of(1, 1), false, true, Norm.BATCH, false).configuration(2, 1, 8, 3),
                        1,
                        8),
                new Example("DenseNet", new DenseNet(List.of(2, 1, 2)).configuration(2, 2, 8, 3), 2, 8));
    }

    private static ComputationGraphConfiguration branches() {
        return new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.convolutional(6, 6, 2))
                .addLayer("a", convolution(2, 3, 1, 1, true), "input")
                .addLayer("norm", new InstanceNormalization.Builder().build(), "a")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "input", "norm", "a")
                .addVertex("join", new MergeVertex(), "sum", "input")
                .addLayer("b", convolution(3, 3, 1, 1, true), "join")
                .addLayer("out", output(LossFunction.MCXENT, Activation.SOFTMAX), "b")
                .setOutputs("out")
                .build();
    }

    public static Layer convolution(int out, int kernel, int stride, int padding, boolean bias) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(out)
                .stride(stride, stride)
                .padding(padding, padding)
                .hasBias(bias)
                .activation(Activation.IDENTITY)
                .build();
    }

    public static Layer relu() {
        return new ActivationLayer(Activation.RELU);
    }

    static Layer pool(int side, PoolingType type) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(side, side)
                .stride(side, side)
                .build();
    }

    public static Layer output(LossFunction loss, Activation activation) {
        return new OutputLayer.Builder(loss).nOut(3).activation(activation).build();
    }

    private static Example example(String name, int channels, int size, Layer... layers) {
        Layer[] all = Arrays.copyOf(layers, layers.length + 1);
        all[layers.length] = output(LossFunction.MCXENT, Activation.SOFTMAX);
        return new Example(name, chain(channels, size, all), channels, size);
    }

    /** The layers one after the other, named v0, v1, …; the last is the output. */
    public static ComputationGraphConfiguration chain(int channels, int size, Layer... layers) {
        var graph = new NeuralNetConfiguration.Builder()
                .convolutionMode(ConvolutionMode.Truncate)
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.convolutional(size, size, channels));
        for (int i = 0; i < layers.length; i++) {
            graph.addLayer("v" + i, layers[i], i == 0 ? "input" : "v" + (i - 1));
        }
        return graph.setOutputs("v" + (layers.length - 1)).build();
    }
}
