package io.mdc.subset;

/** What is measured between a subset and the real images. */
public enum Metric {
    /** Squared distance between mean features of the last feature layer (the paper's Eq. 5). */
    FEATURE(new FeatureDistance()),
    /** The distance that is matched, between the gradients of the subset and of the real images (Table 5). */
    GRADIENT(new PrefixGradientDistance());

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final SubsetMetric measure;

    Metric(SubsetMetric measure) {
        this.measure = measure;
    }

    /** What measures it. */
    public SubsetMetric measure() {
        return measure;
    }
}
