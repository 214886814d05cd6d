package io.mdc.engine;

import io.mdc.network.InstanceNormalization;
import io.mdc.tensor.Chain;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Who reads what in a DL4J graph, and which vertices in a row can be computed as one. */
final class GraphReader {
    /**
     * A norm with the ReLU and the average pooling that alone read it.
     *
     * @param head the norm's vertex
     * @param last the vertex of the last of them
     * @param relu whether there is a ReLU
     * @param pool side of the pooling window, 1 for none
     */
    record Fusion(String head, String last, boolean relu, int pool) {
        Chain chain(InstanceNormalization norm) {
            return new Chain(relu, pool, norm.getEpsilon());
        }
    }

    private final ComputationGraphConfiguration configuration;

    GraphReader(ComputationGraphConfiguration configuration) {
        this.configuration = configuration;
    }

    /** What ends in the given vertex, which is not itself a pooling that stands alone. */
    Fusion fusionTo(String last) {
        String head = last;
        int pool = 1;
        boolean relu = false;
        if (layer(head) instanceof SubsamplingLayer pooling && isPlainAverage(pooling) && feedsOnly(inputOf(head))) {
            pool = pooling.getKernelSize()[0];
            head = inputOf(head);
        }
        if (isRelu(layer(head)) && feedsOnly(inputOf(head))) {
            relu = true;
            head = inputOf(head);
        }
        return new Fusion(head, last, relu, pool);
    }

    /** What begins with the norm of the given name: the longest {@link #fusionTo} with that head. */
    Fusion fusionFrom(String norm) {
        String last = norm;
        if (feedsOnly(last) && isRelu(layer(reader(last)))) {
            last = reader(last);
        }
        if (feedsOnly(last) && layer(reader(last)) instanceof SubsamplingLayer pooling && isPlainAverage(pooling)) {
            last = reader(last);
        }
        return fusionTo(last);
    }

    /** The norm that alone reads a 3×3 convolution of stride 1 that keeps the size of planes, or null. */
    String normAfterPlainConvolution(String vertex) {
        if (!(layer(vertex) instanceof ConvolutionLayer convolution)
                || convolution.getKernelSize()[0] != 3
                || convolution.getStride()[0] != 1
                || padding(convolution) != 1
                || GraphSupport.isRelu(convolution.getActivationFn())
                || !feedsOnly(vertex)) {
            return null;
        }
        return layer(reader(vertex)) instanceof InstanceNormalization ? reader(vertex) : null;
    }

    static int padding(ConvolutionLayer layer) {
        boolean same = layer.getConvolutionMode() == org.deeplearning4j.nn.conf.ConvolutionMode.Same;
        return same ? layer.getKernelSize()[0] / 2 : layer.getPadding()[0];
    }

    boolean isRelu(Layer layer) {
        return layer instanceof ActivationLayer activation && GraphSupport.isRelu(activation.getActivationFn());
    }

    /** Whether only one vertex reads the given one. */
    boolean feedsOnly(String vertex) {
        return readers(vertex).size() == 1;
    }

    String inputOf(String vertex) {
        return configuration.getVertexInputs().get(vertex).get(0);
    }

    List<String> inputsOf(String vertex) {
        return configuration.getVertexInputs().get(vertex);
    }

    boolean isImages(String vertex) {
        return configuration.getNetworkInputs().contains(vertex);
    }

    GraphVertex vertex(String name) {
        return configuration.getVertices().get(name);
    }

    List<String> readers(String vertex) {
        return configuration.getVertexInputs().entrySet().stream()
                .filter(entry -> entry.getValue().contains(vertex))
                .map(Map.Entry::getKey)
                .toList();
    }

    private String reader(String vertex) {
        return readers(vertex).get(0);
    }

    /** The layer of a vertex, or null if it is the input or not a layer. */
    Layer layer(String vertex) {
        return vertex(vertex) instanceof LayerVertex layerVertex
                ? layerVertex.getLayerConf().getLayer()
                : null;
    }

    private static boolean isPlainAverage(SubsamplingLayer layer) {
        return layer.getPoolingType() == PoolingType.AVG
                && layer.getStride()[0] == layer.getKernelSize()[0]
                && layer.getPadding()[0] == 0;
    }
}
