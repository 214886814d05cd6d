package io.mdc.network;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * Turns a DL4J graph into {@link Step}s in topological order, fusing a norm with the ReLU, and an instance norm also
 * with the pooling, that alone reads it.
 */
final class GraphCompiler {
    /**
     * A step with the slots it reads and the slot it writes; slot 0 holds the images.
     *
     * @param adds for every input, whether a later step reads it too, so that gradients meet there
     */
    record Placed(Step step, int[] inputs, boolean[] adds, int output, int firstParameter, int firstStatistic) {}

    private final ComputationGraphConfiguration configuration;
    private final Backend backend;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<int[]> shapes = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private int parameterCount;
    private int statisticCount;
    private int featureSlot;

    private GraphCompiler(ComputationGraphConfiguration configuration, int[] image, Backend backend) {
        this.configuration = configuration;
        this.backend = backend;
        slots.put(configuration.getNetworkInputs().get(0), 0);
        shapes.add(image);
    }

    /**
     * Compiles the graph for images of shape {@code [C, H, W]}.
     *
     * @throws IllegalArgumentException naming the vertices, if the engine has no steps for them
     */
    static GraphCompiler compile(ComputationGraphConfiguration configuration, int[] image, Backend backend) {
        GraphSupport.require(configuration);
        GraphCompiler compiler = new GraphCompiler(configuration, image, backend);
        String output = configuration.getNetworkOutputs().get(0);
        compiler.slotOf(output);
        compiler.markMeetings();
        compiler.featureSlot = compiler.featureSlot(output);
        return compiler;
    }

    List<Placed> placed() {
        return placed;
    }

    /** The shape of one sample in every slot. */
    List<int[]> shapes() {
        return shapes;
    }

    /** The last feature layer: what enters the classifier, or the global average pooling in front of it. */
    int featureSlot() {
        return featureSlot;
    }

    private int featureSlot(String output) {
        String before = inputOf(output);
        return slots.get(layer(before) instanceof GlobalPoolingLayer ? inputOf(before) : before);
    }

    private int slotOf(String vertex) {
        Integer known = slots.get(vertex);
        if (known == null) {
            known = compileVertex(vertex);
            slots.put(vertex, known);
        }
        return known;
    }

    private int compileVertex(String name) {
        Layer layer = layer(name);
        if (layer instanceof ConvolutionLayer convolution) {
            int slot = place(convolution(name, convolution), slotOf(inputOf(name)));
            return GraphSupport.isRelu(convolution.getActivationFn()) ? relu(slot) : slot;
        } else if (layer instanceof OutputLayer) {
            return place(dense(name, (FeedForwardLayer) layer), slotOf(inputOf(name)));
        } else if (layer instanceof DenseLayer dense) {
            int slot = place(dense(name, dense), slotOf(inputOf(name)));
            return GraphSupport.isRelu(dense.getActivationFn()) ? relu(slot) : slot;
        } else if (layer == null) {
            return join(name);
        }
        return planes(name, layer);
    }

    /**
     * A norm, ReLU or pooling, with what can be fused with it; a chain is compiled when its last vertex is asked for.
     */
    private int planes(String name, Layer layer) {
        String head = name;
        int pool = 1;
        boolean relu = false;
        if (layer instanceof SubsamplingLayer pooling && isPlainAverage(pooling) && feedsOnly(inputOf(name))) {
            pool = pooling.getKernelSize()[0];
            head = inputOf(head);
        }
        if (isRelu(layer(head)) && feedsOnly(inputOf(head))) {
            relu = true;
            head = inputOf(head);
        }
        if (layer(head) instanceof InstanceNormalization norm) {
            int input = slotOf(notImages(head));
            Chain chain = new Chain(relu, pool, norm.getEpsilon());
            return place(new ChainStep(backend.chains(), head, chain, shapes.get(input)), input);
        }
        if (layer(head) instanceof BatchNormalization norm && pool == 1) {
            int input = slotOf(notImages(head));
            double keep = norm.getDecay();
            return place(new BatchNormStep(backend, head, norm.getEps(), keep, relu, shapes.get(input)), input);
        }
        int input = slotOf(inputOf(name));
        if (layer instanceof ActivationLayer) {
            return isRelu(layer) ? relu(input) : input;
        }
        return pool(layer, input);
    }

    private int relu(int input) {
        return place(new ReluStep(backend, shapes.get(input)), input);
    }

    private int pool(Layer layer, int input) {
        int[] shape = shapes.get(input);
        if (layer instanceof GlobalPoolingLayer) {
            if (shape.length != 3 || shape[1] != shape[2]) {
                throw new IllegalArgumentException(
                        "global pooling of " + Arrays.toString(shape) + ": the engine pools square planes");
            }
            return place(new AveragePoolStep(backend, new Window(shape[1], 1, 0), shape), input);
        }
        SubsamplingLayer pooling = (SubsamplingLayer) layer;
        Window window = new Window(pooling.getKernelSize()[0], pooling.getStride()[0], pooling.getPadding()[0]);
        return place(
                pooling.getPoolingType() == PoolingType.AVG
                        ? new AveragePoolStep(backend, window, shape)
                        : new MaximumPoolStep(backend, window, shape),
                input);
    }

    private int join(String name) {
        int[] inputs = configuration.getVertexInputs().get(name).stream()
                .mapToInt(this::slotOf)
                .toArray();
        List<int[]> parts = Arrays.stream(inputs).mapToObj(shapes::get).toList();
        boolean sum = configuration.getVertices().get(name) instanceof ElementWiseVertex;
        return place(sum ? JoinStep.sum(backend, parts) : JoinStep.channels(backend, parts), inputs);
    }

    private int place(Step step, int... inputs) {
        int output = shapes.size();
        shapes.add(step.outputShape());
        placed.add(new Placed(step, inputs, new boolean[inputs.length], output, parameterCount, statisticCount));
        parameterCount += step.parameters().size();
        statisticCount += step.statistics().size();
        return output;
    }

    /** Backward, the last reader of a slot writes its gradient and earlier ones add to it. */
    private void markMeetings() {
        boolean[] written = new boolean[shapes.size()];
        for (int i = placed.size() - 1; i >= 0; i--) {
            Placed reader = placed.get(i);
            for (int k = 0; k < reader.inputs().length; k++) {
                reader.adds()[k] = written[reader.inputs()[k]];
                written[reader.inputs()[k]] = true;
            }
        }
    }

    private Step convolution(String name, ConvolutionLayer layer) {
        int[] input = shapes.get(slotOf(inputOf(name)));
        int kernel = layer.getKernelSize()[0];
        boolean same = layer.getConvolutionMode() == ConvolutionMode.Same;
        int padding = same ? kernel / 2 : layer.getPadding()[0];
        requireInputs(name, layer, input[0], "channels");
        int outputs = Math.toIntExact(layer.getNOut());
        String reader = consumers(name).get(0);
        boolean cancelled = feedsOnly(name)
                && layer(reader) instanceof InstanceNormalization
                && !GraphSupport.isRelu(layer.getActivationFn());
        ConvolutionStep.Bias bias = !layer.hasBias()
                ? ConvolutionStep.Bias.NONE
                : cancelled ? ConvolutionStep.Bias.CANCELLED : ConvolutionStep.Bias.ADDED;
        int fanIn = input[0] * kernel * kernel;
        return new ConvolutionStep(
                backend.convolutions(),
                name,
                new ConvolutionShape(kernel, layer.getStride()[0], padding),
                bias,
                input,
                outputs,
                Draws.weights(layer, fanIn, outputs * kernel * kernel),
                Draws.biases(layer, fanIn));
    }

    private Step dense(String name, FeedForwardLayer layer) {
        int[] input = shapes.get(slotOf(inputOf(name)));
        int outputs = Math.toIntExact(layer.getNOut());
        int fanIn = Arrays.stream(input).reduce(1, (a, b) -> a * b);
        requireInputs(name, layer, fanIn, "values");
        return new DenseStep(
                backend.matrices(),
                name,
                input,
                outputs,
                Draws.weights(layer, fanIn, outputs),
                Draws.biases(layer, fanIn));
    }

    private static void requireInputs(String name, FeedForwardLayer layer, int given, String what) {
        if (layer.getNIn() != given) {
            throw new IllegalArgumentException("network vertex '" + name + "' takes " + layer.getNIn() + " " + what
                    + ", these images give it " + given);
        }
    }

    private static boolean isPlainAverage(SubsamplingLayer layer) {
        return layer.getPoolingType() == PoolingType.AVG
                && layer.getStride()[0] == layer.getKernelSize()[0]
                && layer.getPadding()[0] == 0;
    }

    private static boolean isRelu(Layer layer) {
        return layer instanceof ActivationLayer activation && GraphSupport.isRelu(activation.getActivationFn());
    }

    /** Whether only one vertex reads the given one. */
    private boolean feedsOnly(String vertex) {
        return consumers(vertex).size() == 1;
    }

    private String inputOf(String vertex) {
        return configuration.getVertexInputs().get(vertex).get(0);
    }

    /** The input of a norm; images have no tangent, which norms do not expect. */
    private String notImages(String vertex) {
        String input = inputOf(vertex);
        if (configuration.getNetworkInputs().contains(input)) {
            throw new IllegalArgumentException(
                    "network vertex '" + vertex + "': the engine cannot run a norm of the images themselves");
        }
        return input;
    }

    private List<String> consumers(String vertex) {
        return configuration.getVertexInputs().entrySet().stream()
                .filter(entry -> entry.getValue().contains(vertex))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The layer of a vertex, or null if it is the input or not a layer. */
    private Layer layer(String vertex) {
        GraphVertex found = configuration.getVertices().get(vertex);
        return found instanceof LayerVertex layerVertex
                ? layerVertex.getLayerConf().getLayer()
                : null;
    }
}
