package io.mdc.network;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ConvolutionShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Turns a DL4J graph into {@link Step}s in topological order, fusing instance norm, ReLU and pooling where each feeds
 * only the next.
 */
final class GraphCompiler {
    /** A step with the slots it reads and the slot it writes; slot 0 holds the images. */
    record Placed(Step step, int[] inputs, int output, int firstParameter) {}

    private final ComputationGraphConfiguration configuration;
    private final Backend backend;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<int[]> shapes = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private int parameterCount;

    private GraphCompiler(ComputationGraphConfiguration configuration, int[] image, Backend backend) {
        this.configuration = configuration;
        this.backend = backend;
        slots.put(configuration.getNetworkInputs().get(0), 0);
        shapes.add(image);
    }

    /**
     * Compiles the graph for images of shape {@code [C, H, W]}.
     *
     * @throws IllegalArgumentException naming the vertex, if the engine has no step for it
     */
    static GraphCompiler compile(ComputationGraphConfiguration configuration, int[] image, Backend backend) {
        GraphCompiler compiler = new GraphCompiler(configuration, image, backend);
        if (configuration.getNetworkInputs().size() != 1
                || configuration.getNetworkOutputs().size() != 1) {
            throw new IllegalArgumentException("a network needs one input and one output; this one has "
                    + configuration.getNetworkInputs().size() + " and "
                    + configuration.getNetworkOutputs().size());
        }
        String output = configuration.getNetworkOutputs().get(0);
        if (!(compiler.layer(output) instanceof OutputLayer)) {
            throw compiler.unsupported(output);
        }
        compiler.slotOf(output);
        return compiler;
    }

    List<Placed> placed() {
        return placed;
    }

    /** The shape of one sample in every slot. */
    List<int[]> shapes() {
        return shapes;
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
        if (layer instanceof ConvolutionLayer convolution && layer.getClass() == ConvolutionLayer.class) {
            return place(convolution(name, convolution), inputOf(name));
        }
        if (layer instanceof OutputLayer || layer instanceof DenseLayer) {
            return place(dense(name, (BaseLayer) layer), inputOf(name));
        }
        // The head of a chain is compiled when its last vertex is asked for.
        String head = name;
        int pool = 1;
        boolean relu = false;
        if (layer instanceof SubsamplingLayer pooling && isPlainAverage(pooling)) {
            pool = pooling.getKernelSize()[0];
            head = soleInput(head, name);
        }
        if (isRelu(layer(head))) {
            relu = true;
            head = soleInput(head, name);
        }
        if (layer(head) instanceof InstanceNormalization norm) {
            int input = slotOf(inputOf(head));
            if (input == 0) {
                // images have no tangent, which chains do not expect
                throw unsupported(name);
            }
            Chain chain = new Chain(relu, pool, norm.getEpsilon());
            return place(new ChainStep(backend.chains(), head, chain, shapes.get(input)), inputOf(head));
        }
        throw unsupported(name);
    }

    private int place(Step step, String input) {
        int output = shapes.size();
        shapes.add(step.outputShape());
        placed.add(new Placed(step, new int[] {slots.get(input)}, output, parameterCount));
        parameterCount += step.parameters().size();
        return output;
    }

    private Step convolution(String name, ConvolutionLayer layer) {
        int[] input = shapes.get(slotOf(inputOf(name)));
        int[] kernel = layer.getKernelSize();
        int[] stride = layer.getStride();
        int[] padding = layer.getPadding();
        boolean square = kernel[0] == kernel[1] && stride[0] == stride[1] && padding[0] == padding[1];
        if (!square
                || layer.getDilation()[0] != 1
                || layer.getConvolutionMode() == ConvolutionMode.Same
                || !(layer.getActivationFn() instanceof ActivationIdentity)) {
            throw unsupported(name);
        }
        List<String> consumers = consumers(name);
        boolean normed = consumers.size() == 1 && layer(consumers.get(0)) instanceof InstanceNormalization;
        ConvolutionStep.Bias bias = !layer.hasBias()
                ? ConvolutionStep.Bias.NONE
                : normed ? ConvolutionStep.Bias.CANCELLED : ConvolutionStep.Bias.ADDED;
        ConvolutionShape shape = new ConvolutionShape(kernel[0], stride[0], padding[0]);
        return new ConvolutionStep(backend.convolutions(), name, shape, bias, input, Math.toIntExact(layer.getNOut()));
    }

    private Step dense(String name, BaseLayer layer) {
        int[] input = shapes.get(slotOf(inputOf(name)));
        boolean supported = layer instanceof OutputLayer output
                ? output.hasBias()
                        && output.getLossFn() instanceof LossMCXENT
                        && output.getActivationFn() instanceof ActivationSoftmax
                : ((DenseLayer) layer).hasBias() && layer.getActivationFn() instanceof ActivationIdentity;
        if (!supported) {
            throw unsupported(name);
        }
        long outputs = ((FeedForwardLayer) layer).getNOut();
        return new DenseStep(backend.matrices(), name, input, Math.toIntExact(outputs));
    }

    private static boolean isPlainAverage(SubsamplingLayer layer) {
        int[] kernel = layer.getKernelSize();
        return layer.getPoolingType() == PoolingType.AVG
                && layer.getConvolutionMode() != ConvolutionMode.Same
                && kernel[0] == kernel[1]
                && layer.getStride()[0] == kernel[0]
                && layer.getStride()[1] == kernel[0]
                && layer.getPadding()[0] == 0
                && layer.getPadding()[1] == 0;
    }

    private static boolean isRelu(Layer layer) {
        return layer instanceof ActivationLayer activation && activation.getActivationFn() instanceof ActivationReLU;
    }

    private String soleInput(String vertex, String chain) {
        String input = inputOf(vertex);
        if (consumers(input).size() != 1) {
            throw unsupported(chain);
        }
        return input;
    }

    private String inputOf(String vertex) {
        List<String> inputs = configuration.getVertexInputs().get(vertex);
        if (inputs.size() != 1) {
            throw unsupported(vertex);
        }
        return inputs.get(0);
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

    private IllegalArgumentException unsupported(String vertex) {
        Layer layer = layer(vertex);
        Object what = layer != null ? layer : configuration.getVertices().get(vertex);
        return new IllegalArgumentException("network vertex '" + vertex + "': the engine cannot run "
                + (what == null ? "it" : what.getClass().getSimpleName()) + " with these settings");
    }
}
