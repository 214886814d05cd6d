package io.mdc.engine;

import io.mdc.engine.step.ParameterSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Sets of parameters that are lent and given back, as many as were ever needed at once. Thread-safe. */
final class SetPool {
    private final IntFunction<ParameterSet> maker;
    private final Map<Integer, Deque<ParameterSet>> free = new HashMap<>();

    /** A pool of sets made by {@code maker}, told how many together. */
    SetPool(IntFunction<ParameterSet> maker) {
        this.maker = maker;
    }

    /** Sets of unspecified contents, {@code count} together. */
    ParameterSet borrow(int count) {
        synchronized (free) {
            Deque<ParameterSet> some = free.computeIfAbsent(count, c -> new ArrayDeque<>());
            if (!some.isEmpty()) {
                return some.pop();
            }
        }
        return maker.apply(count);
    }

    void giveBack(ParameterSet sets) {
        synchronized (free) {
            free.get(sets.count()).push(sets);
        }
    }
}
