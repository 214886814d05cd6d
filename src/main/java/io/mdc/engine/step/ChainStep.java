package io.mdc.engine.step;

import io.mdc.network.InstanceNormalization;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.Layout;
import java.util.List;

/** Instance norm, then ReLU and average pooling where the graph has them, as one fused step. */
public final class ChainStep implements Step {
    private final ChainOps ops;
    private final Chain chain;
    private final List<Parameter> parameters;
    private final int channels;
    private final int[] output;
    private final Layout layout;

    /** A chain for samples of shape {@code [C, H, W]}, whose output is in {@code layout}. */
    public ChainStep(ChainOps ops, String layer, Chain chain, int[] input, Layout layout) {
        this.ops = ops;
        this.layout = layout;
        this.chain = chain;
        channels = input[0];
        parameters = List.of(
                Parameter.of(layer, InstanceNormalization.GAMMA, ParameterRole.NORM_SCALE, Draw.constant(1), channels),
                Parameter.of(layer, InstanceNormalization.BETA, ParameterRole.NORM_SHIFT, Draw.constant(0), channels));
        output = new int[] {channels, input[1] / chain.pool(), input[2] / chain.pool()};
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public int[] outputShape() {
        return output.clone();
    }

    @Override
    public Layout outputLayout() {
        return layout;
    }

    @Override
    public int[] stateShape(int samples) {
        return new int[] {ChainOps.STATISTICS, samples * channels};
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        ops.forward(
                chain, view.in(0), view.parameter(0, weights), view.parameter(1, weights), view.state(), view.out());
    }

    @Override
    public void backward(View view, ParameterSet weights, ParameterSet gradients) {
        ops.backward(
                chain,
                view.in(0),
                view.parameter(0, weights),
                view.parameter(1, weights),
                view.state(),
                view.outGradient(),
                view.inGradient(0),
                view.groups(),
                view.slices(0, gradients),
                view.slices(1, gradients));
    }

    @Override
    public void tangent(View view, ParameterSet weights, ParameterSet direction) {
        ops.tangent(
                chain,
                view.in(0),
                view.parameter(0, weights),
                view.parameter(1, weights),
                view.state(),
                view.inTangent(0),
                view.groups(),
                view.slices(0, direction),
                view.slices(1, direction),
                view.outTangent());
    }

    @Override
    public void backwardTangent(View view, ParameterSet weights, ParameterSet direction, ParameterSet gradientsDot) {
        ops.backwardTangent(
                chain,
                view.in(0),
                view.parameter(0, weights),
                view.parameter(1, weights),
                view.state(),
                view.inTangent(0),
                view.groups(),
                view.slices(0, direction),
                view.outGradient(),
                view.outGradientTangent(),
                view.inGradientTangent(0),
                view.slices(0, gradientsDot),
                view.slices(1, gradientsDot));
    }
}
