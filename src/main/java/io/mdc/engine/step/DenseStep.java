package io.mdc.engine.step;

import io.mdc.base.Workers;
import io.mdc.tensor.MatrixOps;
import io.mdc.tensor.Slices;
import java.util.Arrays;
import java.util.List;

/** A linear layer {@code y = x W + b} on flattened samples, {@code W [in, out]} as in DL4J. */
public final class DenseStep implements Step {
    private final MatrixOps ops;
    private final List<Parameter> parameters;
    private final int outputs;

    /** A layer of {@code outputs} values for samples of the given shape. */
    public DenseStep(MatrixOps ops, String layer, int[] input, int outputs, Draw weights, Draw biases) {
        this.ops = ops;
        this.outputs = outputs;
        int inputs = Arrays.stream(input).reduce(1, (a, b) -> a * b);
        parameters = List.of(
                Parameter.of(layer, "W", ParameterRole.DENSE_WEIGHT, weights, inputs, outputs),
                Parameter.of(layer, "b", ParameterRole.DENSE_BIAS, biases, outputs));
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public long operations() {
        return parameters.get(0).size();
    }

    @Override
    public int[] outputShape() {
        return new int[] {outputs};
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        ops.linear(view.in(0), view.parameter(0, weights), view.parameter(1, weights), view.out());
    }

    @Override
    public void backward(View view, ParameterSet weights, ParameterSet gradients) {
        Workers.split(2, (first, end) -> {
            if (first == 0 && view.wantsWeightGradients()) {
                ops.linearGradients(
                        view.in(0),
                        view.outGradient(),
                        view.groups(),
                        view.slices(0, gradients),
                        view.slices(1, gradients));
            }
            if (end == 2 && view.inGradient(0) != null) {
                ops.multiply(view.outGradient(), false, view.parameter(0, weights), true, 0, view.inGradient(0));
            }
        });
    }

    @Override
    public void tangent(View view, ParameterSet weights, ParameterSet direction) {
        ops.multiply(view.in(0), view.groups(), view.slices(0, direction), false, 0, view.outTangent());
        if (view.inTangent(0) != null) {
            ops.multiply(view.inTangent(0), false, view.parameter(0, weights), false, 1, view.outTangent());
        }
        ops.addToRows(view.slices(1, direction), view.groups(), view.outTangent());
    }

    @Override
    public void backwardTangent(View view, ParameterSet weights, ParameterSet direction, ParameterSet gradientsDot) {
        ops.multiply(view.outGradientTangent(), false, view.parameter(0, weights), true, 0, view.inGradientTangent(0));
        ops.multiply(view.outGradient(), view.groups(), view.slices(0, direction), true, 1, view.inGradientTangent(0));
        if (gradientsDot != null) {
            Slices dw = view.slices(0, gradientsDot);
            ops.multiplyTransposed(view.in(0), view.outGradientTangent(), view.groups(), 0, dw);
            if (view.inTangent(0) != null) {
                ops.multiplyTransposed(view.inTangent(0), view.outGradient(), view.groups(), 1, dw);
            }
            ops.columnSums(view.outGradientTangent(), view.groups(), view.slices(1, gradientsDot));
        }
    }
}
