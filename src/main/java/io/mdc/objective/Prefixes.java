package io.mdc.objective;

import java.util.Arrays;

/**
 * Prefixes of a synthetic batch that count on their own, in images of the batch.
 *
 * @param subset m, the number of leading images with a loss of their own; 0 for none
 * @param frozen the number of leading images that get no gradient
 * @param measured sizes of the prefixes whose distance is to be measured; 0 measures NaN; copied
 */
public record Prefixes(int subset, int frozen, int[] measured) {
    /** No prefix counts: the whole batch is one. */
    public static final Prefixes NONE = new Prefixes(0, 0);

    /**
     * Copies the sizes.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Prefixes {
        measured = measured.clone();
        if (subset < 0 || frozen < 0 || Arrays.stream(measured).anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("prefixes of " + subset + ", " + frozen + " and "
                    + Arrays.toString(measured) + " images; must be at least 0");
        }
    }

    /** Prefixes none of which is measured. */
    public Prefixes(int subset, int frozen) {
        this(subset, frozen, new int[0]);
    }

    @Override
    public int[] measured() {
        return measured.clone();
    }

    /**
     * Fails unless all prefixes are within a batch.
     *
     * @throws IllegalArgumentException if one is larger than {@code images}
     */
    void requireWithin(int images) {
        if (subset > images || frozen > images || Arrays.stream(measured).anyMatch(size -> size > images)) {
            throw new IllegalArgumentException("prefixes of " + subset + ", " + frozen + " and "
                    + Arrays.toString(measured) + " of " + images + " synthetic images");
        }
    }
}
