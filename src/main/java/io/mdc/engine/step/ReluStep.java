package io.mdc.engine.step;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/** {@code y = max(x, 0)}. */
public final class ReluStep extends PlaneStep {
    /** A ReLU of samples of the given shape. */
    public ReluStep(Backend backend, int[] input) {
        super(backend, input);
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        ops().relu(view.in(0), view.out());
    }

    @Override
    void map(View view, Tensor x, Tensor y) {
        ops().gate(view.out(), x, y);
    }

    @Override
    void adjoint(View view, Tensor dy, Tensor dx) {
        ops().gate(view.out(), dy, dx);
    }
}
