package io.mdc.setting;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds in what several things differ, each told by texts by key. */
public final class Differences {
    private Differences() {}

    /**
     * The keys that do not have the same text in all.
     *
     * @return in the order they first occur
     */
    public static Set<String> keys(Collection<Map<String, String>> all) {
        Set<String> keys = new LinkedHashSet<>();
        all.forEach(one -> keys.addAll(one.keySet()));
        keys.removeIf(key -> all.stream()
                        .map(one -> Objects.requireNonNullElse(one.get(key), ""))
                        .distinct()
                        .count()
                == 1);
        return keys;
    }

    /** The same of those alone that have the key. */
    public static Set<String> keysOfThoseThatHaveThem(Collection<Map<String, String>> all) {
        Set<String> keys = keys(all);
        keys.removeIf(key -> all.stream()
                        .filter(one -> one.containsKey(key))
                        .map(one -> one.get(key))
                        .distinct()
                        .count()
                == 1);
        return keys;
    }
}
