package io.mdc.data;

/**
 * Draws images of one class without replacement, epoch by epoch.
 *
 * <p>The images form an endless sequence of epochs, each a permutation of the class derived from the seed, the class
 * and the epoch's number. A batch is a stretch of that sequence, so a run that knows its position resumes exactly. Safe
 * for concurrent use.
 */
public final class ClassSampler {
    private final ShuffledEpochs epochs;

    /**
     * Creates the sampler of one class.
     *
     * @param set where the images are
     * @param label the class, in 0..classes−1, with at least one image
     * @param seed determines all permutations
     * @throws IllegalArgumentException if the class has no images
     */
    public ClassSampler(ImageSet set, int label, long seed) {
        this.epochs = new ShuffledEpochs(set.indicesOfClass(label), seed, "class-sampler", label);
    }

    /**
     * Returns a stretch of the sequence.
     *
     * @param position where it starts, at least 0
     * @param count how many images, at least 0; more than the class has continue with the next epochs
     * @return a new array of the numbers of the images in the set
     */
    public int[] batch(long position, int count) {
        return epochs.batch(position, count);
    }
}
