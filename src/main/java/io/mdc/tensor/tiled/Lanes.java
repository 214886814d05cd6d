package io.mdc.tensor.tiled;

import java.util.HashMap;
import java.util.Map;

/** Heap vectors of one thread, by purpose and as long as asked for most, so that hot loops allocate nothing. */
final class Lanes {
    private static final ThreadLocal<Lanes> OWN = ThreadLocal.withInitial(Lanes::new);

    private final Map<String, float[][]> sets = new HashMap<>();

    private Lanes() {}

    /** Those of the calling thread. */
    static Lanes get() {
        return OWN.get();
    }

    /**
     * At least {@code count} vectors of at least {@code lanes}, with unspecified content, valid until asked for again.
     */
    float[][] of(String purpose, int count, int lanes) {
        float[][] set = sets.get(purpose);
        if (set == null || set.length < count || set[0].length < lanes) {
            set = new float[Math.max(count, set == null ? 0 : set.length)]
                    [Math.max(lanes, set == null ? 0 : set[0].length)];
            sets.put(purpose, set);
        }
        return set;
    }

    /** One vector of at least {@code lanes}. */
    float[] of(String purpose, int lanes) {
        return of(purpose, 1, lanes)[0];
    }
}
