package io.mdc.engine.step;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Several inputs put together, by addition (residual networks) or end to end along channels (dense networks). */
public final class JoinStep implements Step {
    private final Backend backend;
    private final List<int[]> inputs;
    private final boolean adds;

    private JoinStep(Backend backend, List<int[]> inputs, boolean adds) {
        this.backend = backend;
        this.inputs = List.copyOf(inputs);
        this.adds = adds;
    }

    /** The sum of inputs of the same shape. */
    public static JoinStep sum(Backend backend, List<int[]> inputs) {
        return new JoinStep(backend, inputs, true);
    }

    /** The channels of all inputs, one input after the other. */
    public static JoinStep channels(Backend backend, List<int[]> inputs) {
        return new JoinStep(backend, inputs, false);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public int[] outputShape() {
        int[] shape = inputs.get(0).clone();
        if (!adds) {
            shape[0] = inputs.stream().mapToInt(input -> input[0]).sum();
        }
        return shape;
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        join(view::in, view.out());
    }

    @Override
    public void tangent(View view, ParameterSet weights, ParameterSet direction) {
        join(view::inTangent, view.outTangent());
    }

    @Override
    public void backward(View view, ParameterSet weights, ParameterSet gradients) {
        split(view.outGradient(), view::inGradient);
    }

    @Override
    public void backwardTangent(View view, ParameterSet weights, ParameterSet direction, ParameterSet gradientsDot) {
        split(view.outGradientTangent(), view::inGradientTangent);
    }

    /** Inputs that are null count as 0. */
    private void join(IntFunction<Tensor> in, Tensor out) {
        if (adds) {
            sum(in, out);
        } else {
            concatenate(in, out);
        }
    }

    private void sum(IntFunction<Tensor> in, Tensor out) {
        boolean begun = false;
        for (int i = 0; i < inputs.size(); i++) {
            Tensor part = in.apply(i);
            if (part != null && begun) {
                backend.vectors().addScaled(1, part, out);
            } else if (part != null) {
                backend.vectors().copy(part, out);
                begun = true;
            }
        }
        if (!begun) {
            backend.vectors().fill(out, 0);
        }
    }

    private void concatenate(IntFunction<Tensor> in, Tensor out) {
        if (IntStream.range(0, inputs.size()).anyMatch(i -> in.apply(i) == null)) {
            backend.vectors().fill(out, 0);
        }
        int first = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Tensor part = in.apply(i);
            if (part != null) {
                backend.planes().copyChannels(part, 0, out, first, inputs.get(i)[0]);
            }
            first += inputs.get(i)[0];
        }
    }

    private void split(Tensor out, IntFunction<Tensor> in) {
        int first = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Tensor part = in.apply(i);
            if (part != null && adds) {
                backend.vectors().copy(out, part);
            } else if (part != null) {
                backend.planes().copyChannels(out, first, part, 0, inputs.get(i)[0]);
            }
            first += inputs.get(i)[0];
        }
    }
}
