package io.mdc.engine;

import io.mdc.network.InstanceNormalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Which parts of a DL4J graph the engine can run, as far as that can be told without knowing the images. */
final class GraphSupport {
    private GraphSupport() {}

    /**
     * Checks all vertices.
     *
     * @throws IllegalArgumentException listing everything the engine cannot run
     */
    static void require(ComputationGraphConfiguration configuration) {
        int inputs = configuration.getNetworkInputs().size();
        int outputs = configuration.getNetworkOutputs().size();
        if (inputs != 1 || outputs != 1) {
            throw new IllegalArgumentException(
                    "a network needs one input and one output; this one has " + inputs + " and " + outputs);
        }
        List<String> problems = new ArrayList<>();
        configuration.getVertices().forEach((name, vertex) -> {
            String problem = problem(
                    vertex, name.equals(configuration.getNetworkOutputs().get(0)));
            List<String> from = configuration.getVertexInputs().get(name);
            if (problem == null && from.stream().distinct().count() < from.size()) {
                problem = "one input taken twice";
            }
            if (problem != null) {
                problems.add("network vertex '" + name + "': the engine cannot run " + problem);
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** What of a vertex the engine cannot run, or null. */
    private static String problem(GraphVertex vertex, boolean output) {
        if (vertex instanceof LayerVertex layerVertex) {
            Layer layer = layerVertex.getLayerConf().getLayer();
            String problem = output != layer instanceof OutputLayer
                    ? describe(layer) + (output ? " as the output" : " before the output")
                    : problem(layer);
            boolean reshapes = layerVertex.getPreProcessor() != null
                    && !(layerVertex.getPreProcessor() instanceof CnnToFeedForwardPreProcessor);
            return problem == null && reshapes
                    ? "the preprocessor " + describe(layerVertex.getPreProcessor())
                    : problem;
        }
        boolean sum = vertex instanceof ElementWiseVertex wise && wise.getOp() == ElementWiseVertex.Op.Add;
        boolean merge = vertex instanceof MergeVertex join && join.getMergeAxis() == MergeVertex.DEFAULT_MERGE_DIM;
        return sum || merge ? null : describe(vertex);
    }

    private static String problem(Layer layer) {
        String problem = problemOfTraining(layer);
        return problem == null ? problemOfKind(layer) : problem;
    }

    /** What would be done to values or weights while the layer is trained. */
    private static String problemOfTraining(Layer layer) {
        if (layer.getIDropout() != null) {
            return "dropout";
        } else if (layer.getConstraints() != null && !layer.getConstraints().isEmpty()) {
            return "the constraint " + describe(layer.getConstraints().get(0));
        }
        return layer instanceof BaseLayer base && base.getWeightNoise() != null
                ? "the weight noise " + describe(base.getWeightNoise())
                : null;
    }

    private static String problemOfKind(Layer layer) {
        if (layer instanceof ConvolutionLayer convolution && layer.getClass() == ConvolutionLayer.class) {
            return problem(convolution);
        } else if (layer instanceof OutputLayer last) {
            return problem(last);
        } else if (layer instanceof DenseLayer dense) {
            return problem(dense);
        } else if (layer instanceof ActivationLayer activation) {
            return problem(activation.getActivationFn());
        } else if (layer instanceof SubsamplingLayer pooling) {
            return problem(pooling);
        } else if (layer instanceof GlobalPoolingLayer pooling) {
            boolean plain = pooling.getPoolingType() == PoolingType.AVG && pooling.isCollapseDimensions();
            return plain ? null : "global pooling other than averaging";
        } else if (layer instanceof BatchNormalization norm) {
            return problem(norm);
        }
        return layer instanceof InstanceNormalization ? null : describe(layer);
    }

    private static String problem(ConvolutionLayer layer) {
        int[] kernel = layer.getKernelSize();
        if (!equal(kernel) || !equal(layer.getStride()) || !equal(layer.getPadding())) {
            return "a convolution whose kernel, stride or padding is not square";
        } else if (layer.getDilation()[0] != 1 || layer.getDilation()[1] != 1) {
            return "a dilated convolution";
        } else if (layer.getCnn2dDataFormat() != CNN2DFormat.NCHW) {
            return "a convolution with channels last";
        } else if (layer.getConvolutionMode() == ConvolutionMode.Same
                && (layer.getStride()[0] != 1 || kernel[0] % 2 == 0)) {
            return "a convolution in mode Same with stride or even kernel";
        } else if (layer.getConvolutionMode() != ConvolutionMode.Same && layer.getPadding()[0] >= kernel[0]) {
            return "a convolution padded by its kernel or more";
        }
        String problem = Draws.problem(layer);
        return problem == null ? problem(layer.getActivationFn()) : problem;
    }

    private static String problem(OutputLayer layer) {
        if (!(layer.getLossFn() instanceof LossMCXENT loss)
                || !(layer.getActivationFn() instanceof ActivationSoftmax)) {
            return "an output other than softmax with cross-entropy";
        } else if (loss.getWeights() != null) {
            return "a loss with class weights";
        }
        return problemOfLinear(layer, layer.hasBias());
    }

    private static String problem(DenseLayer layer) {
        if (layer.hasLayerNorm()) {
            return "layer norm";
        }
        String problem = problemOfLinear(layer, layer.hasBias());
        return problem == null ? problem(layer.getActivationFn()) : problem;
    }

    private static String problemOfLinear(BaseLayer layer, boolean bias) {
        return bias ? Draws.problem(layer) : "a linear layer without bias";
    }

    private static String problem(BatchNormalization layer) {
        if (layer.isLockGammaBeta()) {
            return "BatchNormalization with locked gamma and beta";
        } else if (layer.getGamma() != 1 || layer.getBeta() != 0) {
            return "BatchNormalization that starts with gamma " + layer.getGamma() + " and beta " + layer.getBeta();
        } else if (layer.isUseLogStd()) {
            return "BatchNormalization that keeps logarithms (useLogStd)";
        }
        return layer.getCnn2DFormat() == CNN2DFormat.NCHW ? null : "BatchNormalization with channels last";
    }

    private static String problem(SubsamplingLayer layer) {
        int[] kernel = layer.getKernelSize();
        int padding = layer.getPadding()[0];
        if (!equal(kernel) || !equal(layer.getStride()) || !equal(layer.getPadding())) {
            return "pooling whose window, stride or padding is not square";
        } else if (layer.getConvolutionMode() == ConvolutionMode.Same) {
            return "pooling in mode Same";
        } else if (layer.getDilation() != null
                && Arrays.stream(layer.getDilation()).anyMatch(d -> d != 1)) {
            return "dilated pooling";
        } else if (layer.getPoolingType() == PoolingType.AVG) {
            return padding == 0 ? null : "average pooling with padding";
        }
        boolean maximum = layer.getPoolingType() == PoolingType.MAX && 2 * padding <= kernel[0];
        return maximum ? null : "pooling of type " + layer.getPoolingType();
    }

    private static String problem(IActivation activation) {
        if (activation instanceof ActivationIdentity || isRelu(activation)) {
            return null;
        }
        return activation instanceof ActivationReLU
                ? "a ReLU with a maximum, a slope or a threshold"
                : "the activation " + activation;
    }

    /** Plain ReLU, without a bound, a slope or a threshold. */
    static boolean isRelu(IActivation activation) {
        return activation instanceof ActivationReLU relu
                && relu.getMax() == null
                && isZero(relu.getNegativeSlope())
                && isZero(relu.getThreshold());
    }

    private static boolean isZero(Double setting) {
        return setting == null || setting == 0;
    }

    private static boolean equal(int[] pair) {
        return pair[0] == pair[1];
    }

    private static String describe(Object part) {
        return part.getClass().getSimpleName();
    }
}
