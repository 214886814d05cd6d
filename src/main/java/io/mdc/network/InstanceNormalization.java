package io.mdc.network;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Instance normalisation as a DL4J layer, so that DL4J can train, save and load the networks of this project.
 *
 * <p>{@code y = γ (x − mean)/√(var + ε) + β} with mean and variance over each plane of {@code [n, C, H, W]} and one γ
 * and β {@code [1, C, 1, 1]} per channel (Ulyanov et al., "Instance Normalization", 2016).
 */
public final class InstanceNormalization extends SameDiffLayer {
    /** DL4J's key of the scale. */
    public static final String GAMMA = "gamma";
    /** DL4J's key of the shift. */
    public static final String BETA = "beta";

    private static final long serialVersionUID = 1L;

    private long channels;
    private double epsilon = 1e-5;

    /** For DL4J's JSON reader. */
    public InstanceNormalization() {}

    private InstanceNormalization(Builder builder) {
        super(builder);
        epsilon = builder.epsilon;
    }

    /** The number of channels; known once the input type is. */
    public long getChannels() {
        return channels;
    }

    /** Sets the number of channels; for DL4J's JSON reader. */
    public void setChannels(long channels) {
        this.channels = channels;
    }

    /** The ε added to the variance. */
    public double getEpsilon() {
        return epsilon;
    }

    /** Sets ε; for DL4J's JSON reader. */
    public void setEpsilon(double epsilon) {
        this.epsilon = epsilon;
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (channels == 0 || override) {
            channels = ((InputType.InputTypeConvolutional) inputType).getChannels();
        }
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public void defineParameters(SDLayerParams params) {
        params.addWeightParam(GAMMA, 1, channels, 1, 1);
        params.addBiasParam(BETA, 1, channels, 1, 1);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
        params.get(GAMMA).assign(1);
        params.get(BETA).assign(0);
    }

    @Override
    public SDVariable defineLayer(SameDiff sd, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable centred = input.sub(input.mean(true, 2, 3));
        SDVariable variance = centred.mul(centred).mean(true, 2, 3);
        SDVariable normed = centred.div(sd.math().sqrt(variance.add(epsilon)));
        return normed.mul(parameters.get(GAMMA)).add(parameters.get(BETA));
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int layerIndex,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        Execution layer = new Execution(configuration, type);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        return layer;
    }

    /**
     * DL4J's execution of SameDiff layers without two faults of its version 1.0.0-M2.1: SameDiff adds the incoming
     * gradient to itself, so that all gradients come out twice as large, and {@code setParam} sets nothing.
     */
    private static final class Execution extends org.deeplearning4j.nn.layers.samediff.SameDiffLayer {
        private static final long serialVersionUID = 1L;

        Execution(NeuralNetConfiguration configuration, DataType type) {
            super(configuration, type);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            return super.backpropGradient(epsilon.mul(0.5), workspaces);
        }

        @Override
        public void setParam(String key, INDArray value) {
            super.setParam(key, value);
            paramTable.get(key).assign(value);
        }
    }

    /** Builds the layer as DL4J's own builders do. */
    public static final class Builder extends SameDiffLayer.Builder<Builder> {
        private double epsilon = 1e-5;

        /** Sets ε; 1e-5 by default. */
        public Builder epsilon(double value) {
            epsilon = value;
            return this;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // DL4J's signature
        public <E extends Layer> E build() {
            return (E) new InstanceNormalization(this);
        }
    }
}
