package io.mdc.network;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Writes a DL4J graph vertex by vertex; every method returns the name of the vertex it added. */
final class Plan {
    private static final double EPSILON = 1e-5;
    private static final double DECAY = 0.9;

    private final GraphBuilder graph;
    private final Norm norm;

    Plan(int channels, int size, Norm norm) {
        this.norm = norm;
        graph = new NeuralNetConfiguration.Builder()
                .convolutionMode(ConvolutionMode.Truncate)
                .weightInit(WeightInit.UNIFORM)
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.convolutional(size, size, channels));
    }

    /** A convolution without bias that starts from N(0, 2/(k²·out)), padded to keep extents at stride 1. */
    String convolution(String name, String input, int out, int kernel, int stride) {
        ConvolutionLayer.Builder layer = builder(out, kernel).stride(stride, stride);
        layer.weightInit(new NormalDistribution(0, Math.sqrt(2.0 / (kernel * kernel * out))));
        graph.addLayer(name, layer.build(), input);
        return name;
    }

    /** A convolution without bias of stride 1 that starts as PyTorch's do. */
    String plainConvolution(String name, String input, int out, int kernel) {
        graph.addLayer(name, builder(out, kernel).build(), input);
        return name;
    }

    private static ConvolutionLayer.Builder builder(int out, int kernel) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(out)
                .padding(kernel / 2, kernel / 2)
                .hasBias(false)
                .activation(Activation.IDENTITY);
    }

    String norm(String name, String input) {
        graph.addLayer(
                name,
                norm == Norm.INSTANCE
                        ? new InstanceNormalization.Builder().epsilon(EPSILON).build()
                        : new BatchNormalization.Builder()
                                .eps(EPSILON)
                                .decay(DECAY)
                                .useLogStd(false)
                                .build(),
                input);
        return name;
    }

    String relu(String name, String input) {
        graph.addLayer(name, new ActivationLayer(Activation.RELU), input);
        return name;
    }

    String pool(String name, String input, PoolingType type, int side, int stride, int padding) {
        graph.addLayer(
                name,
                new SubsamplingLayer.Builder(type)
                        .kernelSize(side, side)
                        .stride(stride, stride)
                        .padding(padding, padding)
                        .build(),
                input);
        return name;
    }

    String globalAverage(String name, String input) {
        graph.addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), input);
        return name;
    }

    String add(String name, List<String> inputs) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs.toArray(String[]::new));
        return name;
    }

    /** All channels of the inputs, in order. */
    String join(String name, List<String> inputs) {
        graph.addVertex(name, new MergeVertex(), inputs.toArray(String[]::new));
        return name;
    }

    /** Ends the graph with a linear classifier. */
    ComputationGraphConfiguration classify(String name, String input, int classes) {
        graph.addLayer(
                name,
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .build(),
                input);
        return graph.setOutputs(name).build();
    }
}
