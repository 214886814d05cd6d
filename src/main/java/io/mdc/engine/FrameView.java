package io.mdc.engine;

import io.mdc.engine.step.Step;
import io.mdc.tensor.Groups;
import io.mdc.tensor.Tensor;

/** What one step sees of a frame and, in a tangent sweep, of the frame of tangents. */
record FrameView(PlacedStep placed, int index, Frame frame, Frame tangents) implements Step.View {

    @Override
    public int firstParameter() {
        return placed.firstParameter();
    }

    @Override
    public Groups groups() {
        return frame.groups();
    }

    @Override
    public int firstStatistic() {
        return placed.firstStatistic();
    }

    @Override
    public Tensor in(int i) {
        return frame.value(placed.inputs()[i]);
    }

    @Override
    public Tensor out() {
        return frame.value(placed.output());
    }

    @Override
    public Tensor inGradient(int i) {
        return gradientOf(frame, i);
    }

    private Tensor gradientOf(Frame target, int i) {
        int slot = placed.inputs()[i];
        if (slot == 0 && !target.hasImageGradient()) {
            return null;
        }
        return placed.adds()[i] ? target.spill(i, slot) : target.gradient(slot);
    }

    @Override
    public boolean wantsWeightGradients() {
        return frame.hasWeightGradients();
    }

    @Override
    public Tensor outGradient() {
        return frame.gradient(placed.output());
    }

    @Override
    public Tensor inTangent(int i) {
        int slot = placed.inputs()[i];
        return slot == 0 ? null : tangents.value(slot);
    }

    @Override
    public Tensor outTangent() {
        return tangents.value(placed.output());
    }

    @Override
    public Tensor inGradientTangent(int i) {
        return gradientOf(tangents, i);
    }

    @Override
    public Tensor outGradientTangent() {
        return tangents.gradient(placed.output());
    }

    @Override
    public Tensor state() {
        return frame.state(index);
    }
}
