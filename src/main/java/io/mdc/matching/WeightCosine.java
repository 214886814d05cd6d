package io.mdc.matching;

import io.mdc.engine.step.ParameterKind;
import io.mdc.tensor.Backend;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Tensor;
import java.util.Set;

/** {@link RowwiseCosine} of weights; arrays of one dimension, such as biases, are at distance 0. */
final class WeightCosine implements GradientDistance {
    /** The kinds of parameters with arrays of more than one dimension. */
    static final Set<ParameterKind> LOOKED_AT = Set.of(ParameterKind.CONV, ParameterKind.CLASSIFIER);

    private final GradientDistance ofWeights = new RowwiseCosine();

    @Override
    public double measure(Backend backend, Tensor synthetic, Tensor real, Tensor derivative) {
        if (synthetic.shape().length > 1) {
            return ofWeights.measure(backend, synthetic, real, derivative);
        }
        backend.vectors().fill(derivative, 0);
        return 0;
    }

    @Override
    public boolean ofRows() {
        return true;
    }

    @Override
    public SetOps.Measure together() {
        return SetOps.Measure.COSINE;
    }

    @Override
    public boolean counts(int dimensions) {
        return dimensions > 1;
    }
}
