package io.mdc.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What several condensations under the same θ have in common: parts that were made for one are used by the others.
 *
 * <p>Only parts whose results do not depend on who uses them may be shared. Not thread-safe.
 */
public final class Sharing {
    private final Map<List<Object>, Object> parts = new HashMap<>();

    /**
     * The part of a type that all these things determine, made when it is first asked for.
     *
     * @param made makes it
     * @param determinedBy compared by {@code equals}
     */
    public <T> T part(Class<T> type, Supplier<? extends T> made, Object... determinedBy) {
        List<Object> key = List.of(type, List.of(determinedBy));
        Object part = parts.get(key);
        if (part == null) {
            part = made.get();
            parts.put(key, part);
        }
        return type.cast(part);
    }
}
