package io.mdc.check;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterRole;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.network.DenseNet;
import io.mdc.network.Norm;
import io.mdc.network.ResNet;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of a case, rebuilt from the names and shapes of its {@code param.*} arrays, which are PyTorch's.
 *
 * @param graph the network on the backend that is checked
 */
record ReferenceNetwork(DifferentiableGraph graph) {

    /** The network for images like those of {@code imagesArray}. */
    static ReferenceNetwork of(ReferenceCase reference, String imagesArray, Backend backend) throws IOException {
        int[] images = reference.array(imagesArray).shape();
        int size = images[images.length - 1];
        int channels = images[images.length - 3];
        if (reference.has("param.layers.conv.0.weight")) {
            int depth = count(reference, "param.layers.conv.", ".weight");
            int width = width(reference, "layers.conv.0");
            int classes = classes(reference, "classifier");
            return new ReferenceNetwork(DifferentiableGraph.compile(
                    ConvNet.configuration(depth, width, channels, size, classes), channels, size, size, backend));
        } else if (reference.has("param.layer0.conv1.weight")) {
            List<Integer> blocks = new ArrayList<>();
            for (int stage = 1; reference.has("param.layer" + stage + ".0.conv1.weight"); stage++) {
                blocks.add(count(reference, "param.layer" + stage + ".", ".conv1.weight"));
            }
            // After an average pool the norm of a shortcut is its third part, else its second.
            boolean averagePools = reference.has("param.layer2.0.downsample.2.weight");
            boolean largeStem = reference.array("param.layer0.conv1.weight").shape()[2] == 7;
            Norm norm = averagePools ? Norm.INSTANCE : Norm.BATCH;
            boolean bottleneck = reference.has("param.layer1.0.conv3.weight");
            ResNet net = new ResNet(blocks, bottleneck, averagePools, norm, largeStem);
            int width = width(reference, "layer0.conv1");
            int classes = classes(reference, "fc");
            return new ReferenceNetwork(DifferentiableGraph.compile(
                    net.configuration(width, channels, size, classes), channels, size, size, backend));
        } else if (reference.has("param.dense1.0.conv1.weight")) {
            List<Integer> blocks = new ArrayList<>();
            for (int block = 1; reference.has("param.dense" + block + ".0.conv1.weight"); block++) {
                blocks.add(count(reference, "param.dense" + block + ".", ".conv1.weight"));
            }
            int growth = width(reference, "dense1.0.conv2");
            int classes = classes(reference, "linear");
            return new ReferenceNetwork(DifferentiableGraph.compile(
                    new DenseNet(blocks).configuration(growth, channels, size, classes),
                    channels,
                    size,
                    size,
                    backend));
        }
        throw new SkippedException("no such network yet");
    }

    private static int count(ReferenceCase reference, String before, String after) throws IOException {
        int end = 0;
        while (reference.has(before + end + after)) {
            end++;
        }
        return end;
    }

    private static int width(ReferenceCase reference, String convolution) throws IOException {
        return reference.array("param." + convolution + ".weight").shape()[0];
    }

    private static int classes(ReferenceCase reference, String classifier) throws IOException {
        return reference.array("param." + classifier + ".bias").shape()[0];
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

    private double[] values(ReferenceCase reference, String prefix, Parameter parameter) throws IOException {
        NumpyArray array = reference.array(prefix + "." + torchName(parameter));
        double[] values = array.toDoubles();
        return parameter.role() == ParameterRole.DENSE_WEIGHT ? transpose(values, array.shape()) : values;
    }

    /** A ConvNet's {@code conv1_W} is {@code layers.conv.1.weight} there; other layers have the same names. */
    private String torchName(Parameter parameter) {
        String suffix =
                switch (parameter.role()) {
                    case CONVOLUTION_WEIGHT, NORM_SCALE, DENSE_WEIGHT -> ".weight";
                    case CONVOLUTION_BIAS, NORM_SHIFT, DENSE_BIAS -> ".bias";
                    case RUNNING_MEAN -> ".running_mean";
                    case RUNNING_VARIANCE -> ".running_var";
                };
        String layer = parameter.layer();
        boolean convNet = layer.matches("(conv|norm)\\d")
                && graph.parameters().get(0).layer().equals("conv0");
        return (convNet ? "layers." + layer.substring(0, 4) + "." + layer.substring(4) : layer) + suffix;
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
