package io.mdc.subset;

import java.util.Optional;

/** What is measured between a subset and the real images. */
public enum Metric {
    /** Squared distance between mean features of the last feature layer (the paper's Eq. 5). */
    FEATURE(Optional.of(new FeatureDistance())),
    /** The distance that is matched, between the gradients of the subset and of the real images (Table 5). */
    GRADIENT(Optional.of(new PrefixGradientDistance())),
    /** Share of real images that a network trained on the subset puts into another class (Table 5). */
    ACCURACY(Optional.empty());

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final Optional<SubsetMetric> inSteps;

    Metric(Optional<SubsetMetric> inSteps) {
        this.inSteps = inSteps;
    }

    /** What measures it in every step of the images; empty if it is measured once, when a subset is selected. */
    public Optional<SubsetMetric> inSteps() {
        return inSteps;
    }
}
