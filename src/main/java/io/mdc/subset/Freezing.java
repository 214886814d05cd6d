package io.mdc.subset;

/** Which images get no gradient after the chosen subset has grown. */
public enum Freezing {
    /** Those of the subset chosen just before (the paper's Eq. 10). */
    PREDECESSOR(FreezingRule::smallerPredecessor),
    /** Those of the largest subset chosen earlier that is smaller than the current one (the authors' code). */
    RETIRED(FreezingRule::largestSmaller),
    /** None. */
    NONE(selected -> 0);

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final FreezingRule rule;

    Freezing(FreezingRule rule) {
        this.rule = rule;
    }

    /** What decides. */
    public FreezingRule rule() {
        return rule;
    }
}
