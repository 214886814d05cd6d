package io.mdc.engine.step;

import io.mdc.tensor.ConvolutionOps;
import io.mdc.tensor.ConvolutionShape;
import java.util.List;

/**
 * Convolution with an optional bias per channel.
 *
 * <p>A bias right in front of an instance norm changes nothing, as the norm subtracts it again: it is neither added nor
 * is its gradient, which is zero, computed.
 */
public final class ConvolutionStep implements Step {
    /** What happens to the bias. */
    public enum Bias {
        NONE,
        ADDED,
        CANCELLED
    }

    private final ConvolutionOps ops;
    private final ConvolutionShape shape;
    private final Bias bias;
    private final List<Parameter> parameters;
    private final int[] output;

    /** A convolution of samples of shape {@code [C, H, W]} with its weights and, unless there is none, its bias. */
    public ConvolutionStep(
            ConvolutionOps ops, ConvolutionShape shape, Bias bias, int[] input, List<Parameter> parameters) {
        this.ops = ops;
        this.shape = shape;
        this.bias = bias;
        this.parameters = parameters;
        int outChannels = parameters.get(0).shape().get(0);
        output = new int[] {outChannels, shape.output(input[1]), shape.output(input[2])};
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public boolean hasEffect(int parameter) {
        return parameter == 0 || bias != Bias.CANCELLED;
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
    public void forward(View view, ParameterSet weights) {
        ops.forward(shape, view.in(0), view.parameter(0, weights), view.out());
        if (bias == Bias.ADDED) {
            ops.addBias(view.parameter(1, weights), view.out());
        }
    }

    @Override
    public void backward(View view, ParameterSet weights, ParameterSet gradients) {
        if (!view.wantsWeightGradients()) {
            if (view.inGradient(0) != null) {
                ops.inputGradient(shape, view.outGradient(), view.parameter(0, weights), view.inGradient(0));
            }
            return;
        }
        ops.gradients(
                shape,
                view.in(0),
                view.parameter(0, weights),
                view.outGradient(),
                view.inGradient(0),
                view.groups(),
                view.slices(0, gradients));
        if (bias == Bias.ADDED) {
            ops.biasGradient(view.outGradient(), view.groups(), view.slices(1, gradients));
        }
    }

    @Override
    public void tangent(View view, ParameterSet weights, ParameterSet direction) {
        ops.tangent(
                shape,
                view.in(0),
                view.inTangent(0),
                view.parameter(0, weights),
                view.groups(),
                view.slices(0, direction),
                view.outTangent());
        if (bias == Bias.ADDED) {
            ops.addBias(view.slices(1, direction), view.groups(), view.outTangent());
        }
    }

    @Override
    public void backwardTangent(View view, ParameterSet weights, ParameterSet direction, ParameterSet gradientsDot) {
        ops.inputGradientTangent(
                shape,
                view.outGradient(),
                view.outGradientTangent(),
                view.parameter(0, weights),
                view.groups(),
                view.slices(0, direction),
                view.inGradientTangent(0));
        if (gradientsDot != null) {
            ops.weightGradientTangent(
                    shape,
                    view.in(0),
                    view.inTangent(0),
                    view.outGradient(),
                    view.outGradientTangent(),
                    view.groups(),
                    view.slices(0, gradientsDot));
            if (bias == Bias.ADDED) {
                ops.biasGradient(view.outGradientTangent(), view.groups(), view.slices(1, gradientsDot));
            }
        }
    }
}
