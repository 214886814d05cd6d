package io.mdc.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * The network of Gidaris and Komodakis (2018) that condensation work uses, "ConvNet-D3" at depth 3: blocks of 3×3
 * convolution, instance norm, ReLU and 2×2 average pooling, then a linear classifier (paper Sec. 4.1).
 */
public final class ConvNet {
    private ConvNet() {}

    /**
     * The DL4J configuration for square images of {@code size} pixels.
     *
     * @throws IllegalArgumentException if {@code size} cannot be halved {@code depth} times
     */
    public static ComputationGraphConfiguration configuration(
            int depth, int width, int channels, int size, int classes) {
        if (size >> depth < 1) {
            throw new IllegalArgumentException("--depth " + depth + ": images of " + size
                    + " pixels can be halved at most " + (31 - Integer.numberOfLeadingZeros(size)) + " times");
        }
        var graph = new NeuralNetConfiguration.Builder()
                .convolutionMode(ConvolutionMode.Truncate)
                .weightInit(WeightInit.UNIFORM)
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.convolutional(size, size, channels));
        String previous = "input";
        for (int block = 0; block < depth; block++) {
            graph.addLayer(
                            "conv" + block,
                            new ConvolutionLayer.Builder(3, 3)
                                    .nOut(width)
                                    .stride(1, 1)
                                    .padding(1, 1)
                                    .activation(Activation.IDENTITY)
                                    .build(),
                            previous)
                    .addLayer("norm" + block, new InstanceNormalization.Builder().build(), "conv" + block)
                    .addLayer("relu" + block, new ActivationLayer(Activation.RELU), "norm" + block)
                    .addLayer(
                            "pool" + block,
                            new SubsamplingLayer.Builder(PoolingType.AVG)
                                    .kernelSize(2, 2)
                                    .stride(2, 2)
                                    .build(),
                            "relu" + block);
            previous = "pool" + block;
        }
        return graph.addLayer(
                        "classifier",
                        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                                .nOut(classes)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        previous)
                .setOutputs("classifier")
                .build();
    }
}
