package io.mdc.network;

import static io.mdc.testing.Numbers.map;

import io.mdc.tensor.Backend;
import java.util.Arrays;
import java.util.random.RandomGenerator;
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
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Graphs other than ConvNet, each with something that ConvNet has not. */
final class Graphs {
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
                                .build()));
    }

    static Layer convolution(int out, int kernel, int stride, int padding, boolean bias) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(out)
                .stride(stride, stride)
                .padding(padding, padding)
                .hasBias(bias)
                .activation(Activation.IDENTITY)
                .build();
    }

    static Layer relu() {
        return new ActivationLayer(Activation.RELU);
    }

    static Layer pool(int side, PoolingType type) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(side, side)
                .stride(side, side)
                .build();
    }

    static Layer output(LossFunction loss, Activation activation) {
        return new OutputLayer.Builder(loss).nOut(3).activation(activation).build();
    }

    private static Example example(String name, int channels, int size, Layer... layers) {
        Layer[] all = Arrays.copyOf(layers, layers.length + 1);
        all[layers.length] = output(LossFunction.MCXENT, Activation.SOFTMAX);
        return new Example(name, chain(channels, size, all), channels, size);
    }

    /** The layers one after the other, named v0, v1, …; the last is the output. */
    static ComputationGraphConfiguration chain(int channels, int size, Layer... layers) {
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
