package io.mdc.objective;

import java.util.Arrays;
import java.util.Map;

/**
 * Prefixes of a synthetic batch that count on their own, in images of the batch.
 *
 * @param weights by size, those of the prefixes with a loss of their own; a prefix of 0 images has none; copied
 * @param frozen the number of leading images that get no gradient
 * @param measured sizes of the prefixes whose distance is to be measured; 0 measures NaN; copied
 */
public record Prefixes(Map<Integer, Double> weights, int frozen, int[] measured) {
    /** No prefix counts: the whole batch is one. */
    public static final Prefixes NONE = new Prefixes(0, 0);

    /**
     * Copies sizes and weights.
     *
     * @throws IllegalArgumentException if a size is negative, or a weight negative or not a number
     */
    public Prefixes {
        weights = Map.copyOf(weights);
        measured = measured.clone();
        if (frozen < 0
                || weights.keySet().stream().anyMatch(size -> size < 0)
                || Arrays.stream(measured).anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException(describe(weights, frozen, measured) + " images; must be at least 0");
        }
        if (weights.values().stream().anyMatch(weight -> !(weight >= 0))) {
            throw new IllegalArgumentException("weights of prefixes " + weights + "; must be at least 0");
        }
    }

    /** One prefix of weight 1, or with {@code subset} = 0 none. */
    public Prefixes(int subset, int frozen, int[] measured) {
        this(Map.of(subset, 1.0), frozen, measured);
    }

    /** Prefixes none of which is measured. */
    public Prefixes(int subset, int frozen) {
        this(subset, frozen, new int[0]);
    }

    @Override
    public int[] measured() {
        return measured.clone();
    }

    /** The weight of the loss of the first {@code size} images, 0 if they have none of their own. */
    double weight(int size) {
        return size == 0 ? 0 : weights.getOrDefault(size, 0.0);
    }

    /**
     * Fails unless all prefixes are within a batch.
     *
     * @throws IllegalArgumentException if one is larger than {@code images}
     */
    void requireWithin(int images) {
        if (frozen > images
                || weights.keySet().stream().anyMatch(size -> size > images)
                || Arrays.stream(measured).anyMatch(size -> size > images)) {
            throw new IllegalArgumentException(
                    describe(weights, frozen, measured) + " of " + images + " synthetic images");
        }
    }

    private static String describe(Map<Integer, Double> weights, int frozen, int[] measured) {
        return "prefixes of " + weights.keySet().stream().sorted().toList() + ", " + frozen + " and "
                + Arrays.toString(measured);
    }
}
