package io.mdc.objective;

/**
 * What an objective is asked about: two batches, and the prefixes that count.
 *
 * @param batches both batches, read only
 * @param prefixes which prefixes have a loss of their own, which images are frozen, and which prefixes are to be
 *     measured
 */
public record Problem(Batches batches, Prefixes prefixes) {
    /**
     * Checks the prefixes.
     *
     * @throws IllegalArgumentException if one is larger than the synthetic batch
     */
    public Problem {
        prefixes.requireWithin(batches.synthetic().size());
    }
}
