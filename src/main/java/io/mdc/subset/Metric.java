package io.mdc.subset;

import io.mdc.tensor.Backend;
import java.util.Optional;
import java.util.function.Function;

/** What is measured between a subset and the real images. */
public enum Metric {
    /** Squared distance between mean features of the last feature layer (the paper's Eq. 5). */
    FEATURE(Optional.of(FeatureDistance::new)),
    /** The distance that is matched, between the gradients of the subset and of the real images (Table 5). */
    GRADIENT(Optional.of(backend -> new PrefixGradientDistance())),
    /** Share of real images that a network trained on the subset puts into another class (Table 5). */
    ACCURACY(Optional.empty());

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final Optional<Function<Backend, SubsetMetric>> inSteps;

    Metric(Optional<Function<Backend, SubsetMetric>> inSteps) {
        this.inSteps = inSteps;
    }

    /** What measures it in every step of the images; empty if it is measured once, when a subset is selected. */
    public Optional<SubsetMetric> inSteps(Backend backend) {
        return inSteps.map(maker -> maker.apply(backend));
    }

    /** Whether it is measured in every step of the images. */
    public boolean isInSteps() {
        return inSteps.isPresent();
    }
}
