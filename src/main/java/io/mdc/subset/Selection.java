package io.mdc.subset;

/** How the most learnable subset is chosen from the metric of all subsets. */
public enum Selection {
    /** The subset whose metric has changed most per outer loop since the last selection (the paper's Eq. 9). */
    RATE(new RateOfChange(), "the subset is selected by its change"),
    /** The subset whose metric is largest (the paper's Table 3, calculate only). */
    DISTANCE(new LargestDistance(), "the subset with the largest is selected");

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final MlsSelection rule;

    private final String explained;

    Selection(MlsSelection rule, String explained) {
        this.rule = rule;
        this.explained = explained;
    }

    /** What chooses. */
    public MlsSelection rule() {
        return rule;
    }

    /** How it chooses, after what is measured: a clause. */
    public String explained() {
        return explained;
    }
}
