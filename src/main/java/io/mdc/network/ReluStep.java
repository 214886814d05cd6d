package io.mdc.network;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/** {@code y = max(x, 0)}. */
final class ReluStep extends PlaneStep {
    private final Backend backend;

    ReluStep(Backend backend, int[] input) {
        super(input);
        this.backend = backend;
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        backend.planes().relu(view.in(0), view.out());
    }

    @Override
    void map(View view, Tensor x, Tensor y) {
        backend.planes().gate(view.out(), x, y);
    }

    @Override
    void adjoint(View view, Tensor dy, Tensor dx) {
        backend.planes().gate(view.out(), dy, dx);
    }

    @Override
    void clear(Tensor x) {
        backend.vectors().fill(x, 0);
    }
}
