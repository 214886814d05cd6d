package io.mdc.engine;

import io.mdc.engine.step.ParameterSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Sets of parameters that are lent and given back, as many as were ever needed at once. Thread-safe. */
final class SetPool {
    private final Supplier<ParameterSet> maker;
    private final Deque<ParameterSet> free = new ArrayDeque<>();

    SetPool(Supplier<ParameterSet> maker) {
        this.maker = maker;
    }

    /** A set of unspecified contents. */
    ParameterSet borrow() {
        synchronized (free) {
            if (!free.isEmpty()) {
                return free.pop();
            }
        }
        return maker.get();
    }

    void giveBack(ParameterSet set) {
        synchronized (free) {
            free.push(set);
        }
    }
}
