package io.mdc.engine.step;

import io.mdc.tensor.Backend;
import io.mdc.tensor.BatchNormOps;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.List;

/**
 * Batch norm, then ReLU where the graph has one, as one fused step; by the batch's statistics in training, by running
 * ones at test time.
 *
 * <p>It couples the samples of a batch, so that condensation, which needs gradients of parts of a batch, cannot use it;
 * it has no tangent.
 */
public final class BatchNormStep implements Step {
    private final BatchNormOps ops;
    private final VectorOps vectors;
    private final double epsilon;
    private final double keep;
    private final boolean relu;
    private final List<Parameter> parameters;
    private final List<Parameter> statistics;
    private final int[] shape;

    /** A norm whose running values keep the share {@code keep} of themselves with every batch. */
    public BatchNormStep(Backend backend, String layer, double epsilon, double keep, boolean relu, int[] input) {
        ops = backend.batchNorms();
        vectors = backend.vectors();
        this.epsilon = epsilon;
        this.keep = keep;
        this.relu = relu;
        shape = input.clone();
        int channels = input[0];
        parameters = List.of(
                Parameter.of(layer, "gamma", ParameterRole.NORM_SCALE, Draw.constant(1), channels),
                Parameter.of(layer, "beta", ParameterRole.NORM_SHIFT, Draw.constant(0), channels));
        statistics = List.of(
                Parameter.of(layer, "mean", ParameterRole.RUNNING_MEAN, Draw.constant(0), channels),
                Parameter.of(layer, "var", ParameterRole.RUNNING_VARIANCE, Draw.constant(1), channels));
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<Parameter> statistics() {
        return statistics;
    }

    @Override
    public boolean couplesSamples() {
        return true;
    }

    @Override
    public int[] outputShape() {
        return shape.clone();
    }

    @Override
    public int[] stateShape(int samples) {
        return new int[] {BatchNormOps.STATISTICS, shape[0]};
    }

    @Override
    public void forward(View view, ParameterSet weights) {
        ops.forward(
                epsilon,
                relu,
                view.in(0),
                view.parameter(0, weights),
                view.parameter(1, weights),
                view.state(),
                view.out());
    }

    @Override
    public void infer(View view, ParameterSet weights, ParameterSet running) {
        ops.infer(
                epsilon,
                relu,
                view.in(0),
                view.parameter(0, weights),
                view.parameter(1, weights),
                running.get(view.firstStatistic()),
                running.get(view.firstStatistic() + 1),
                view.out());
    }

    @Override
    public void observe(View view, ParameterSet running) {
        average(running.get(view.firstStatistic()), view.state().rows(0, 1));
        average(running.get(view.firstStatistic() + 1), view.state().rows(2, 3));
    }

    private void average(Tensor running, Tensor now) {
        vectors.scale(keep, running);
        vectors.addScaled(1 - keep, now, running);
    }

    @Override
    public void backward(View view, ParameterSet weights, ParameterSet gradients) {
        ops.backward(
                relu,
                view.in(0),
                view.parameter(0, weights),
                view.parameter(1, weights),
                view.state(),
                view.outGradient(),
                view.inGradient(0),
                view.parameter(0, gradients),
                view.parameter(1, gradients));
    }

    @Override
    public void tangent(View view, ParameterSet weights, ParameterSet direction) {
        throw new UnsupportedOperationException("batch norm has no tangent");
    }

    @Override
    public void backwardTangent(View view, ParameterSet weights, ParameterSet direction, ParameterSet gradientsDot) {
        throw new UnsupportedOperationException("batch norm has no tangent");
    }
}
