package io.mdc.engine.step;

import io.mdc.tensor.Backend;
import io.mdc.tensor.PlaneOps;
import io.mdc.tensor.Tensor;
import java.util.List;

/**
 * A step from one input without parameters, linear but for choices made in the forward pass: its tangent is the same
 * map, and the tangent of its adjoint is the adjoint.
 */
abstract class PlaneStep implements Step {
    private final Backend backend;
    private final int[] output;

    PlaneStep(Backend backend, int[] output) {
        this.backend = backend;
        this.output = output.clone();
    }

    /** The map with the choices of the last forward pass. */
    abstract void map(View view, Tensor x, Tensor y);

    /** Its adjoint. */
    abstract void adjoint(View view, Tensor dy, Tensor dx);

    final PlaneOps ops() {
        return backend.planes();
    }

    @Override
    public final List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public final int[] outputShape() {
        return output.clone();
    }

    @Override
    public final void backward(View view, ParameterSet weights, ParameterSet gradients) {
        if (view.inGradient(0) != null) {
            adjoint(view, view.outGradient(), view.inGradient(0));
        }
    }

    @Override
    public final void tangent(View view, ParameterSet weights, ParameterSet direction) {
        if (view.inTangent(0) == null) {
            backend.vectors().fill(view.outTangent(), 0);
        } else {
            map(view, view.inTangent(0), view.outTangent());
        }
    }

    @Override
    public final void backwardTangent(
            View view, ParameterSet weights, ParameterSet direction, ParameterSet gradientsDot) {
        adjoint(view, view.outGradientTangent(), view.inGradientTangent(0));
    }
}
