package io.mdc.engine;

import io.mdc.engine.step.AveragePoolStep;
import io.mdc.engine.step.BatchNormStep;
import io.mdc.engine.step.ChainStep;
import io.mdc.engine.step.ConvolutionStep;
import io.mdc.engine.step.DenseStep;
import io.mdc.engine.step.Draw;
import io.mdc.engine.step.JoinStep;
import io.mdc.engine.step.MaximumPoolStep;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterRole;
import io.mdc.engine.step.ReluStep;
import io.mdc.engine.step.Step;
import io.mdc.engine.step.TiledConvolutionStep;
import io.mdc.network.InstanceNormalization;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Layout;
import io.mdc.tensor.TiledOps;
import io.mdc.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
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
    private record Placed(Step step, int[] inputs, int output, int firstParameter, int firstStatistic) {}

    private final GraphReader reader;
    private final Backend backend;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<int[]> shapes = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private final Set<Integer> pixels = new HashSet<>();
    private int parameterCount;
    private int statisticCount;
    private int featureSlot;

    private GraphCompiler(ComputationGraphConfiguration configuration, int[] image, Backend backend) {
        reader = new GraphReader(configuration);
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
        compiler.featureSlot = compiler.featureSlot(output);
        return compiler;
    }

    /** The steps in order; backward, the last reader of a slot writes its gradient and earlier ones add to it. */
    List<PlacedStep> steps() {
        PlacedStep[] steps = new PlacedStep[placed.size()];
        boolean[] written = new boolean[shapes.size()];
        for (int i = steps.length - 1; i >= 0; i--) {
            Placed p = placed.get(i);
            boolean[] adds = new boolean[p.inputs().length];
            for (int k = 0; k < adds.length; k++) {
                adds[k] = written[p.inputs()[k]];
                written[p.inputs()[k]] = true;
            }
            steps[i] = new PlacedStep(p.step(), p.inputs(), adds, p.output(), p.firstParameter(), p.firstStatistic());
        }
        return List.of(steps);
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
        String before = reader.inputOf(output);
        return slots.get(reader.layer(before) instanceof GlobalPoolingLayer ? reader.inputOf(before) : before);
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
        Layer layer = reader.layer(name);
        if (layer instanceof ConvolutionLayer convolution) {
            int slot = place(convolution(name, convolution), slotOf(reader.inputOf(name)));
            return GraphSupport.isRelu(convolution.getActivationFn()) ? relu(slot) : slot;
        } else if (layer instanceof OutputLayer) {
            return place(dense(name, (FeedForwardLayer) layer), slotOf(reader.inputOf(name)));
        } else if (layer instanceof DenseLayer dense) {
            int slot = place(dense(name, dense), slotOf(reader.inputOf(name)));
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
        GraphReader.Fusion run = reader.fusionTo(name);
        if (reader.layer(run.head()) instanceof InstanceNormalization norm) {
            return chain(run, run.chain(norm));
        }
        if (reader.layer(run.head()) instanceof BatchNormalization norm && run.pool() == 1) {
            int input = slotOf(notImages(run.head()));
            VertexShapes.requirePlanes(run.head(), norm, shapes.get(input), 1);
            double keep = norm.getDecay();
            return place(
                    new BatchNormStep(backend, run.head(), norm.getEps(), keep, run.relu(), shapes.get(input)), input);
        }
        int input = slotOf(reader.inputOf(name));
        if (layer instanceof ActivationLayer) {
            return reader.isRelu(layer) ? relu(input) : input;
        }
        return pool(name, layer, input);
    }

    /** A chain and, where the backend has a faster layout for both, the convolution in front of it. */
    private int chain(GraphReader.Fusion run, Chain chain) {
        String before = notImages(run.head());
        if (run.head().equals(reader.normAfterPlainConvolution(before))) {
            int images = slotOf(reader.inputOf(before));
            VertexShapes.requirePlanes(before, reader.layer(before), shapes.get(images), 1);
            int side = side(before, shapes.get(images), chain);
            if (side > 0) {
                ConvolutionLayer convolution = (ConvolutionLayer) reader.layer(before);
                int[] shape = shapes.get(images);
                Layout layout = pixels.contains(images) ? Layout.PIXELS : Layout.PLANES;
                List<Parameter> parameters = convolutionParameters(before, convolution, shape[0]);
                TiledOps ops = backend.tiled().orElseThrow();
                int z = place(
                        new TiledConvolutionStep(
                                ops.convolution(
                                        shape[0],
                                        Math.toIntExact(convolution.getNOut()),
                                        shape[1],
                                        shape[2],
                                        side,
                                        layout),
                                parameters,
                                shape,
                                Layout.tiles(side)),
                        images);
                Layout output = feedsTiled(run.last(), pooled(shapes.get(z), chain)) ? Layout.PIXELS : Layout.PLANES;
                int y = place(new ChainStep(ops.chains(side, output), run.head(), chain, shapes.get(z), output), z);
                if (output == Layout.PIXELS) {
                    pixels.add(y);
                }
                return y;
            }
        }
        int input = slotOf(before);
        VertexShapes.requirePlanes(run.head(), reader.layer(run.head()), shapes.get(input), 1);
        VertexShapes.requirePlanes(run.last(), reader.layer(run.last()), shapes.get(input), run.pool());
        return place(new ChainStep(backend.chains(), run.head(), chain, shapes.get(input), Layout.PLANES), input);
    }

    private static int[] pooled(int[] shape, Chain chain) {
        return new int[] {shape[0], shape[1] / chain.pool(), shape[2] / chain.pool()};
    }

    /** The side of the tiles for a convolution of images of that shape, or 0. */
    private int side(String convolution, int[] image, Chain chain) {
        int out = Math.toIntExact(((ConvolutionLayer) reader.layer(convolution)).getNOut());
        return backend.tiled()
                .map(ops -> ops.side(image[0], out, image[1], image[2], chain))
                .orElse(0);
    }

    /** Whether all readers of a vertex are tiled convolutions. */
    private boolean feedsTiled(String vertex, int[] shape) {
        List<String> readers = reader.readers(vertex);
        return !readers.isEmpty()
                && readers.stream().allMatch(name -> {
                    String norm = reader.normAfterPlainConvolution(name);
                    return norm != null
                            && side(name, shape, reader.fusionFrom(norm).chain((InstanceNormalization)
                                            reader.layer(norm)))
                                    > 0;
                });
    }

    private int relu(int input) {
        return place(new ReluStep(backend, shapes.get(input)), input);
    }

    private int pool(String name, Layer layer, int input) {
        int[] shape = shapes.get(input);
        if (layer instanceof GlobalPoolingLayer) {
            VertexShapes.requireSquares(name, layer, shape);
            return place(new AveragePoolStep(backend, new Window(shape[1], 1, 0), shape), input);
        }
        SubsamplingLayer pooling = (SubsamplingLayer) layer;
        Window window = new Window(pooling.getKernelSize()[0], pooling.getStride()[0], pooling.getPadding()[0]);
        VertexShapes.requirePlanes(name, layer, shape, window.side() - 2 * window.padding());
        return place(
                pooling.getPoolingType() == PoolingType.AVG
                        ? new AveragePoolStep(backend, window, shape)
                        : new MaximumPoolStep(backend, window, shape),
                input);
    }

    private int join(String name) {
        int[] inputs = reader.inputsOf(name).stream().mapToInt(this::slotOf).toArray();
        List<int[]> parts = Arrays.stream(inputs).mapToObj(shapes::get).toList();
        if (reader.vertex(name) instanceof ElementWiseVertex) {
            VertexShapes.requireSame(name, parts);
            return place(JoinStep.sum(backend, parts), inputs);
        }
        VertexShapes.requireMergeable(name, parts);
        return place(JoinStep.channels(backend, parts), inputs);
    }

    private int place(Step step, int... inputs) {
        int output = shapes.size();
        shapes.add(step.outputShape());
        placed.add(new Placed(step, inputs, output, parameterCount, statisticCount));
        parameterCount += step.parameters().size();
        statisticCount += step.statistics().size();
        return output;
    }

    private Step convolution(String name, ConvolutionLayer layer) {
        int[] input = shapes.get(slotOf(reader.inputOf(name)));
        boolean cancelled = reader.feedsOnly(name)
                && reader.layer(reader.readers(name).get(0)) instanceof InstanceNormalization
                && !GraphSupport.isRelu(layer.getActivationFn());
        ConvolutionStep.Bias bias = !layer.hasBias()
                ? ConvolutionStep.Bias.NONE
                : cancelled ? ConvolutionStep.Bias.CANCELLED : ConvolutionStep.Bias.ADDED;
        ConvolutionShape shape =
                new ConvolutionShape(layer.getKernelSize()[0], layer.getStride()[0], GraphReader.padding(layer));
        VertexShapes.requirePlanes(name, layer, input, shape.kernel() - 2 * shape.padding());
        List<Parameter> parameters = convolutionParameters(name, layer, input[0]);
        return new ConvolutionStep(backend.convolutions(), shape, bias, input, parameters);
    }

    /** The weights and, where there is one, the bias. */
    private List<Parameter> convolutionParameters(String name, ConvolutionLayer layer, int in) {
        requireInputs(name, layer, in, "channels");
        int kernel = layer.getKernelSize()[0];
        int out = Math.toIntExact(layer.getNOut());
        int fanIn = in * kernel * kernel;
        Draw draw = Draws.weights(layer, fanIn, out * kernel * kernel);
        Parameter weights = Parameter.of(name, "W", ParameterRole.CONVOLUTION_WEIGHT, draw, out, in, kernel, kernel);
        return layer.hasBias()
                ? List.of(
                        weights,
                        Parameter.of(name, "b", ParameterRole.CONVOLUTION_BIAS, Draws.biases(layer, fanIn), out))
                : List.of(weights);
    }

    private Step dense(String name, FeedForwardLayer layer) {
        int[] input = shapes.get(slotOf(reader.inputOf(name)));
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

    /** The input of a norm; images have no tangent, which norms do not expect. */
    private String notImages(String vertex) {
        String input = reader.inputOf(vertex);
        if (reader.isImages(input)) {
            throw new IllegalArgumentException(
                    "network vertex '" + vertex + "': the engine cannot run a norm of the images themselves");
        }
        return input;
    }
}
