package io.mdc.objective;

/**
 * The two terms of paper Eq. 4.
 *
 * @param base loss of all synthetic images
 * @param subset loss of the prefix that has one of its own, else 0
 */
public record Losses(double base, double subset) {

    /** The loss whose gradient is taken. */
    public double total() {
        return base + subset;
    }
}
