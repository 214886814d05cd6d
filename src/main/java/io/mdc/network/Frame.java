package io.mdc.network;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays of one chunk of samples on its way through a graph: an activation and its gradient for every slot, and the
 * state of every step.
 *
 * <p>Made once with room for {@code capacity} samples; {@link #resize} re-uses the memory for a smaller chunk. One
 * frame serves one thread at a time. A second frame holds the tangents of a first.
 */
final class Frame {
    private final Tensor[] fullValues;
    private final Tensor[] fullGradients;
    private final List<GraphCompiler.Placed> steps;
    private final Tensor[][] states;
    private final Backend backend;
    private final Tensor[] values;
    private final Tensor[] gradients;
    private int samples;
    private boolean imageGradient;

    Frame(Backend backend, List<GraphCompiler.Placed> steps, List<int[]> shapes, int capacity) {
        this.backend = backend;
        this.steps = steps;
        fullValues = new Tensor[shapes.size()];
        fullGradients = new Tensor[shapes.size()];
        states = new Tensor[steps.size()][capacity + 1];
        for (int slot = 0; slot < shapes.size(); slot++) {
            int[] shape = prepend(capacity, shapes.get(slot));
            fullValues[slot] = backend.zeros(shape);
            fullGradients[slot] = backend.zeros(shape);
        }
        values = fullValues.clone();
        gradients = fullGradients.clone();
        samples = capacity;
    }

    /** Makes this the frame of {@code n} samples; contents become unspecified if n changes. */
    void resize(int n) {
        if (n == samples) {
            return;
        }
        Arrays.setAll(values, slot -> fullValues[slot].rows(0, n));
        Arrays.setAll(gradients, slot -> fullGradients[slot].rows(0, n));
        samples = n;
    }

    /** Asks backward passes to compute the gradient of the images too, which training does not need. */
    Frame withImageGradient() {
        imageGradient = true;
        return this;
    }

    boolean hasImageGradient() {
        return imageGradient;
    }

    int samples() {
        return samples;
    }

    Tensor value(int slot) {
        return values[slot];
    }

    Tensor gradient(int slot) {
        return gradients[slot];
    }

    /** The state of a step for the present number of samples, or null if it keeps none. */
    Tensor state(int step) {
        if (states[step][samples] == null) {
            int[] shape = steps.get(step).step().stateShape(samples);
            if (shape.length > 0) {
                states[step][samples] = backend.zeros(shape);
            }
        }
        return states[step][samples];
    }

    private static int[] prepend(int first, int[] rest) {
        int[] shape = new int[rest.length + 1];
        shape[0] = first;
        System.arraycopy(rest, 0, shape, 1, rest.length);
        return shape;
    }
}
