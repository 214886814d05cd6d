package io.mdc.engine;

/**
 * What a network that guesses has for a cross-entropy, beside which that of one that is trained is seen to diverge.
 *
 * @param loss of guessing
 */
public record Guessing(double loss) {
    /** Training losses of that many times the loss of guessing do not come back. */
    private static final double MOST_TIMES = 100;

    /** Guessing among so many classes. */
    public static Guessing among(int classes) {
        return new Guessing(Math.log(Math.max(2, classes)));
    }

    /** Whether a cross-entropy, which may be NaN, is so far above it that it does not come back. */
    public boolean isFarBelow(double trained) {
        return !(trained <= MOST_TIMES * loss);
    }
}
