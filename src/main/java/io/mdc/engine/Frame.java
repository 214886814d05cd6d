package io.mdc.engine;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Groups;
import io.mdc.tensor.Layout;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The arrays of one chunk of samples on its way through a graph: an activation and its gradient for every slot, and the
 * state of every step.
 *
 * <p>Made once with room for {@code capacity} samples; {@link #resize} re-uses the memory for a smaller chunk. One
 * frame serves one thread at a time. A second frame holds the tangents of a first.
 *
 * <p>Gradients take memory when first asked for. In a frame that does not keep them, slots whose gradients are never
 * needed at the same time share it, see {@link GradientPlan}.
 */
final class Frame {
    private final Backend backend;
    private final List<PlacedStep> steps;
    private final List<int[]> shapes;
    private final Layout[] layouts;
    private final int[] places;
    private final int capacity;
    private final Tensor[] fullValues;
    private final Tensor[] memory;
    private final int[] memorySize;
    private final Tensor[][] states;
    private final Tensor[] stateMemory;
    private final Map<List<Integer>, Tensor> spills = new HashMap<>();
    private final Views[] views;
    private Views current;
    private int samples;
    private Groups groups;
    private boolean imageGradient;
    private boolean weightGradients = true;

    Frame(Backend backend, List<PlacedStep> steps, List<int[]> shapes, GradientPlan plan, int capacity) {
        this.backend = backend;
        this.steps = steps;
        this.shapes = shapes;
        this.capacity = capacity;
        layouts = new Layout[shapes.size()];
        Arrays.fill(layouts, Layout.PLANES);
        steps.forEach(placed -> layouts[placed.output()] = placed.step().outputLayout());
        places = plan.places();
        memorySize = plan.sizes();
        memory = new Tensor[memorySize.length];
        fullValues = new Tensor[shapes.size()];
        stateMemory = new Tensor[steps.size()];
        states = new Tensor[steps.size()][capacity + 1];
        Arrays.setAll(fullValues, slot -> backend.zeros(prepend(capacity, shapes.get(slot))));
        views = new Views[capacity + 1];
        resize(capacity);
    }

    /** Makes this the frame of {@code n} samples; contents become unspecified if n changes. */
    void resize(int n) {
        if (n == samples) {
            groups = current.whole;
            return;
        }
        samples = n;
        if (views[n] == null) {
            views[n] = new Views(shapes.size(), Groups.whole(n));
            Arrays.setAll(views[n].values, slot -> fullValues[slot].rows(0, n).as(layouts[slot]));
        }
        current = views[n];
        groups = current.whole;
    }

    /** Says which samples have gradients and directions of their own; all belong together after {@link #resize}. */
    void group(Groups of) {
        groups = of;
    }

    /** See {@link #group}. */
    Groups groups() {
        return groups;
    }

    /** Says whether backward passes compute the gradient of the images too, which training does not need. */
    void wantImageGradient(boolean wanted) {
        imageGradient = wanted;
    }

    /**
     * Says whether backward passes compute the gradients of the weights of products, which a gradient of images does
     * not need.
     */
    void wantWeightGradients(boolean wanted) {
        weightGradients = wanted;
    }

    boolean hasWeightGradients() {
        return weightGradients;
    }

    boolean hasImageGradient() {
        return imageGradient;
    }

    int samples() {
        return samples;
    }

    int capacity() {
        return capacity;
    }

    Tensor value(int slot) {
        return current.values[slot];
    }

    Tensor gradient(int slot) {
        if (current.gradients[slot] == null) {
            int place = places[slot];
            if (memory[place] == null) {
                memory[place] = backend.zeros(capacity * memorySize[place]);
            }
            current.gradients[slot] = part(memory[place], slot);
        }
        return current.gradients[slot];
    }

    /** Where the gradient that input number {@code input} of a step adds to that of {@code slot} goes first. */
    Tensor spill(int input, int slot) {
        int size = GradientPlan.size(shapes.get(slot));
        return current.spills.computeIfAbsent(List.of(input, slot), place -> {
            Tensor room = spills.computeIfAbsent(List.of(input, size), key -> backend.zeros(capacity * size));
            return part(room, slot);
        });
    }

    private Tensor part(Tensor room, int slot) {
        int[] shape = prepend(samples, shapes.get(slot));
        return room.rows(0, samples * GradientPlan.size(shapes.get(slot)))
                .reshape(shape)
                .as(layouts[slot]);
    }

    /** The state of a step for the present number of samples, or null if it keeps none. */
    Tensor state(int step) {
        if (states[step][samples] == null) {
            int[] shape = steps.get(step).step().stateShape(samples);
            if (shape.length > 0) {
                if (stateMemory[step] == null) {
                    int[] full = steps.get(step).step().stateShape(capacity);
                    stateMemory[step] = backend.zeros(GradientPlan.size(full));
                }
                states[step][samples] =
                        stateMemory[step].rows(0, GradientPlan.size(shape)).reshape(shape);
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

    /** What a frame's memory looks like for one number of samples. */
    private static final class Views {
        private final Groups whole;
        private final Tensor[] values;
        private final Tensor[] gradients;
        private final Map<List<Integer>, Tensor> spills = new HashMap<>();

        Views(int slots, Groups whole) {
            this.whole = whole;
            values = new Tensor[slots];
            gradients = new Tensor[slots];
        }
    }
}
