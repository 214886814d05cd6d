package io.mdc.objective;

/**
 * The two terms of paper Eq. 4, the second being a weighted sum where several prefixes count.
 *
 * @param base loss of all synthetic images
 * @param subset losses of the prefixes that have one of their own, times their weights; else 0
 */
public record Losses(double base, double subset) {

    /** The loss whose gradient is taken. */
    public double total() {
        return base + subset;
    }
}
