package io.mdc.engine;

import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.VectorOps;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds up gradients in the order of their numbers, whatever order they arrive in, so that rounding is the same every
 * time.
 *
 * <p>A gradient that comes early waits here; nobody waits for it. Thread-safe.
 */
final class OrderedSum {
    /** The group of gradients that nobody wants. */
    static final int NOWHERE = -1;

    private record Waiting(ParameterSet gradient, int group) {}

    private final DifferentiableGraph graph;
    private final VectorOps vectors;
    private final Deque<ParameterSet> free = new ArrayDeque<>();
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private ParameterSet[] sums;
    private int next;

    OrderedSum(DifferentiableGraph graph) {
        this.graph = graph;
        vectors = graph.backend().vectors();
    }

    /** Starts anew with sums of zero. */
    synchronized void start(ParameterSet... groups) {
        waiting.values().forEach(w -> free.push(w.gradient()));
        waiting.clear();
        next = 0;
        sums = groups;
        for (ParameterSet group : groups) {
            vectors.fill(group.flat(), 0);
        }
    }

    /** A set to compute a gradient into, to be handed back with {@link #add}. */
    synchronized ParameterSet borrow() {
        return free.isEmpty() ? graph.newParameters() : free.pop();
    }

    /** Takes gradient number {@code number} (from 0, without gaps) for a group's sum. */
    synchronized void add(int number, ParameterSet gradient, int group) {
        waiting.put(number, new Waiting(gradient, group));
        for (Waiting ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
            if (ready.group() != NOWHERE) {
                vectors.addScaled(1, ready.gradient().flat(), sums[ready.group()].flat());
            }
            free.push(ready.gradient());
            next++;
        }
    }
}
