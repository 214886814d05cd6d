package io.mdc.data;

import java.util.stream.IntStream;

/**
 * Draws images of a whole set without replacement, epoch by epoch; otherwise as {@link ClassSampler}.
 *
 * <p>Safe for concurrent use.
 */
public final class ShuffledSampler {
    private final ShuffledEpochs epochs;

    /**
     * Creates the sampler of a set.
     *
     * @param size the number of images, at least 1
     * @param seed determines all permutations
     * @throws IllegalArgumentException if there are no images
     */
    public ShuffledSampler(int size, long seed) {
        this.epochs = new ShuffledEpochs(IntStream.range(0, size).toArray(), seed, "shuffled-sampler", 0);
    }

    /**
     * Returns a stretch of the sequence.
     *
     * @param position where it starts, at least 0
     * @param count how many images, at least 0; more than the set has continue with the next epochs
     * @return a new array of the numbers of the images in the set
     */
    public int[] batch(long position, int count) {
        return epochs.batch(position, count);
    }
}
