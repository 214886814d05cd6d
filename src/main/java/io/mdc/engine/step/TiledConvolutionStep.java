package io.mdc.engine.step;

import io.mdc.tensor.Layout;
import io.mdc.tensor.TiledConvolution;
import java.util.ArrayList;
import java.util.List;

/**
 * A 3×3 convolution whose output is tiled, for the chain behind it; the twin of {@link ConvolutionStep}.
 *
 * <p>Its bias, if it has one, is cancelled by the norm of that chain.
 */
public final class TiledConvolutionStep implements Step {
    private final TiledConvolution ops;
    private final List<Parameter> parameters = new ArrayList<>();
    private final int[] output;
    private final Layout layout;

    /**
     * A convolution of samples of shape {@code [C, H, W]} with its weights and, unless there is none, its bias, whose
     * output is in {@code layout}.
     */
    public TiledConvolutionStep(TiledConvolution ops, List<Parameter> parameters, int[] input, Layout layout) {
        this.ops = ops;
        this.layout = layout;
        this.parameters.addAll(parameters);
        output = new int[] {parameters.get(0).shape().get(0), input[1], input[2]};
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public boolean hasEffect(int parameter) {
        return parameter == 0;
    }

    @Override
    public long operations() {
        return (long) parameters.get(0).size() * output[1] * output[2];
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
        return new int[] {ops.stateSize(samples)};
    }

    @Override
    public int preparedSize() {
        return ops.preparedSize();
    }

    @Override
    public void prepare(ParameterSet set, int firstParameter) {
        ops.prepare(set.get(firstParameter), set.prepared(firstParameter));
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        ops.forward(view.in(0), view.prepared(weights), view.state(), view.out());
    }

    @Override
    public void backward(View view, ParameterSet weights, ParameterSet gradients) {
        ops.backward(
                view.prepared(weights),
                view.outGradient(),
                view.state(),
                view.inGradient(0),
                view.wantsWeightGradients() ? view.parameter(0, gradients) : null);
    }

    @Override
    public void tangent(View view, ParameterSet weights, ParameterSet direction) {
        ops.tangent(
                view.inTangent(0), view.prepared(weights), view.prepared(direction), view.state(), view.outTangent());
    }

    @Override
    public void backwardTangent(View view, ParameterSet weights, ParameterSet direction, ParameterSet gradientsDot) {
        ops.backwardTangent(
                view.prepared(weights),
                view.prepared(direction),
                view.inTangent(0),
                view.outGradient(),
                view.outGradientTangent(),
                view.state(),
                view.inGradientTangent(0),
                view.parameter(0, gradientsDot));
    }
}
