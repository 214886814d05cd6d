package io.mdc.engine.step;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Window;

/** The maximum over each window; its state is which place of each window holds it. */
public final class MaximumPoolStep extends PlaneStep {
    private final Window window;

    /** Pooling of samples of shape {@code [C, H, W]}. */
    public MaximumPoolStep(Backend backend, Window window, int[] input) {
        super(backend, new int[] {input[0], window.output(input[1]), window.output(input[2])});
        this.window = window;
    }

    @Override
    public int[] stateShape(int samples) {
        int[] shape = outputShape();
        return new int[] {samples, shape[0], shape[1], shape[2]};
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        ops().maximumPool(window, view.in(0), view.out(), view.state());
    }

    @Override
    void map(View view, Tensor x, Tensor y) {
        ops().maximumPoolTangent(window, x, view.state(), y);
    }

    @Override
    void adjoint(View view, Tensor dy, Tensor dx) {
        ops().maximumPoolAdjoint(window, dy, view.state(), dx);
    }
}
