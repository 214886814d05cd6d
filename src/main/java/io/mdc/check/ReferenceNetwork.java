package io.mdc.check;

import io.mdc.data.NumpyArray;
import io.mdc.network.ConvNet;
import io.mdc.network.DifferentiableGraph;
import io.mdc.network.Parameter;
import io.mdc.network.ParameterRole;
import io.mdc.network.ParameterSet;
import io.mdc.tensor.Backend;
import java.io.IOException;

/**
 * The network of a case, rebuilt from the names and shapes of its {@code param.*} arrays, which are PyTorch's.
 *
 * @param graph the network on the backend that is checked
 */
record ReferenceNetwork(DifferentiableGraph graph) {

    /** The network for images like those of {@code imagesArray}. */
    static ReferenceNetwork of(ReferenceCase reference, String imagesArray, Backend backend) throws IOException {
        if (!reference.has("param.layers.conv.0.weight")) {
            throw new SkippedException("no such network yet");
        }
        int depth = 0;
        while (reference.has("param.layers.conv." + depth + ".weight")) {
            depth++;
        }
        int[] convolution = reference.array("param.layers.conv.0.weight").shape();
        int[] images = reference.array(imagesArray).shape();
        int size = images[images.length - 1];
        int classes = reference.array("param.classifier.bias").shape()[0];
        return new ReferenceNetwork(DifferentiableGraph.compile(
                ConvNet.configuration(depth, convolution[0], convolution[1], size, classes),
                convolution[1],
                size,
                size,
                backend));
    }

    /** The arrays {@code prefix.*} of the case, in this network's order and layout. */
    ParameterSet read(ReferenceCase reference, String prefix) throws IOException {
        ParameterSet set = graph.newParameters();
        for (Parameter parameter : graph.parameters()) {
            set.get(parameter.name()).set(values(reference, prefix, parameter));
        }
        return set;
    }

    /** Adds the errors of all arrays of {@code ours} against {@code prefix.*}. */
    void compare(ReferenceCase reference, String prefix, ParameterSet ours, RelativeError error) throws IOException {
        for (Parameter parameter : graph.parameters()) {
            error.add(ours.get(parameter.name()).toDoubles(), values(reference, prefix, parameter));
        }
    }

    /** The largest norm among the arrays {@code prefix.*}. */
    double scale(ReferenceCase reference, String prefix) throws IOException {
        double largest = 0;
        for (Parameter parameter : graph.parameters()) {
            largest = Math.max(largest, RelativeError.norm(values(reference, prefix, parameter)));
        }
        return largest;
    }

    private static double[] values(ReferenceCase reference, String prefix, Parameter parameter) throws IOException {
        NumpyArray array = reference.array(prefix + "." + torchName(parameter));
        double[] values = array.toDoubles();
        return parameter.role() == ParameterRole.DENSE_WEIGHT ? transpose(values, array.shape()) : values;
    }

    /** {@code conv1_W} is {@code layers.conv.1.weight} there, {@code classifier_b} is {@code classifier.bias}. */
    private static String torchName(Parameter parameter) {
        String suffix =
                switch (parameter.role()) {
                    case CONVOLUTION_WEIGHT, NORM_SCALE, DENSE_WEIGHT -> ".weight";
                    case CONVOLUTION_BIAS, NORM_SHIFT, DENSE_BIAS -> ".bias";
                };
        String layer = parameter.layer();
        return layer.equals("classifier")
                ? layer + suffix
                : "layers." + layer.substring(0, 4) + "." + layer.substring(4) + suffix;
    }

    private static double[] transpose(double[] values, int[] shape) {
        double[] transposed = new double[values.length];
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                transposed[j * shape[0] + i] = values[i * shape[1] + j];
            }
        }
        return transposed;
    }
}
