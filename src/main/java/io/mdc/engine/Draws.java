package io.mdc.engine;

import io.mdc.engine.step.Draw;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.deeplearning4j.nn.weights.WeightInitUniform;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.nd4j.shade.jackson.databind.JsonNode;

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
        return init instanceof WeightInitDistribution ? distribution(init) : null;
    }

    /** DL4J tells the distribution only in the form that it saves. */
    private static Draw distribution(IWeightInit init) {
        JsonNode saved = NeuralNetConfiguration.mapper().valueToTree(init).path("distribution");
        if (saved.path("mean").asDouble(1) == 0) {
            return new Draw(Draw.Kind.NORMAL, saved.path("std").asDouble());
        }
        double upper = saved.path("upper").asDouble();
        return upper > 0 && saved.path("lower").asDouble() == -upper ? new Draw(Draw.Kind.UNIFORM, upper) : null;
    }

    /** Beside uniform weights, biases are drawn like them, as PyTorch does; else they start as DL4J says. */
    static Draw biases(BaseLayer layer, int fanIn) {
        return layer.getWeightInitFn() instanceof WeightInitUniform
                ? Draw.fanIn(fanIn)
                : Draw.constant(layer.getBiasInit());
    }
}
