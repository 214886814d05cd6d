package io.mdc.subset;

/** How the most learnable subset is chosen from the metric of all subsets. */
public enum Selection {
    /** The subset whose metric has changed most per outer loop since the last selection (the paper's Eq. 9). */
    RATE(new RateOfChange()),
    /** The subset whose metric is largest (the paper's Table 3, calculate only). */
    DISTANCE(new LargestDistance());

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final MlsSelection rule;

    Selection(MlsSelection rule) {
        this.rule = rule;
    }

    /** What chooses. */
    public MlsSelection rule() {
        return rule;
    }
}
