package io.mdc.engine.step;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Window;

/** The mean over each window. */
public final class AveragePoolStep extends PlaneStep {
    private final Window window;

    /** Pooling of samples of shape {@code [C, H, W]}. */
    public AveragePoolStep(Backend backend, Window window, int[] input) {
        super(backend, new int[] {input[0], window.output(input[1]), window.output(input[2])});
        this.window = window;
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        map(view, view.in(0), view.out());
    }

    @Override
    void map(View view, Tensor x, Tensor y) {
        ops().averagePool(window, x, y);
    }

    @Override
    void adjoint(View view, Tensor dy, Tensor dx) {
        ops().averagePoolAdjoint(window, dy, dx);
    }
}
