package io.mdc.engine;

import io.mdc.engine.step.Draw;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.deeplearning4j.nn.weights.WeightInitUniform;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Reads from a DL4J layer how its weights and biases are drawn. */
final class Draws {
    private Draws() {}

    /** Null if the engine cannot draw like that. */
    static Draw weights(BaseLayer layer, int fanIn, int fanOut) {
        IWeightInit init = layer.getWeightInitFn();
        if (init instanceof WeightInitUniform) {
            return Draw.fanIn(fanIn);
        } else if (init instanceof WeightInitRelu) {
            return new Draw(Draw.Kind.NORMAL, Math.sqrt(2.0 / fanIn));
        } else if (init == null || init instanceof WeightInitXavier) {
            return new Draw(Draw.Kind.NORMAL, Math.sqrt(2.0 / (fanIn + fanOut)));
        }
        Distribution distribution = distribution(init);
        if (distribution instanceof NormalDistribution normal && normal.getMean() == 0) {
            return new Draw(Draw.Kind.NORMAL, normal.getStd());
        } else if (distribution instanceof UniformDistribution uniform
                && uniform.getUpper() > 0
                && uniform.getLower() == -uniform.getUpper()) {
            return new Draw(Draw.Kind.UNIFORM, uniform.getUpper());
        }
        return null;
    }

    /** How a layer's weights are drawn, if the engine cannot draw like that, or null. */
    static String problem(BaseLayer layer) {
        if (weights(layer, 1, 1) != null) {
            return null;
        }
        IWeightInit init = layer.getWeightInitFn();
        Distribution distribution = distribution(init);
        return distribution == null
                ? "the weight initialisation " + init.getClass().getSimpleName()
                : "weights from " + distribution;
    }

    /** The distribution that weights are drawn from, or null; DL4J tells it only in the form that it saves. */
    private static Distribution distribution(IWeightInit init) {
        ObjectMapper mapper = NeuralNetConfiguration.mapper();
        return init instanceof WeightInitDistribution
                ? mapper.convertValue(mapper.valueToTree(init).get("distribution"), Distribution.class)
                : null;
    }

    /** Beside uniform weights, biases are drawn like them, as PyTorch does; else they start as DL4J says. */
    static Draw biases(BaseLayer layer, int fanIn) {
        return layer.getWeightInitFn() instanceof WeightInitUniform
                ? Draw.fanIn(fanIn)
                : Draw.constant(layer.getBiasInit());
    }
}
