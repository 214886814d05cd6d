package io.mdc.subset;

import io.mdc.tensor.Backend;
import java.util.Optional;
import java.util.function.Function;

/** What is measured between a subset and the real images. */
public enum Metric {
    /** Squared distance between mean features of the last feature layer (the paper's Eq. 5). */
    FEATURE(
            Of.FEATURES,
            "feature distance",
            "Between the features of a prefix and of the real images",
            Optional.of(FeatureDistance::new)),
    /** The distance that is matched, between the gradients of the subset and of the real images (Table 5). */
    GRADIENT(
            Of.GRADIENTS,
            "gradient distance",
            "Between the gradients of a prefix and of the real images",
            Optional.of(backend -> new PrefixGradientDistance())),
    /** Share of real images that a network trained on the subset puts into another class (Table 5). */
    ACCURACY(
            Of.TRAINED,
            "error",
            "Share of real images that networks trained on a prefix put into another class",
            Optional.empty());

    private final Of compared;
    private final String title;
    private final String explained;

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final Optional<Function<Backend, SubsetMetric>> inSteps;

    /** What it looks at. */
    public enum Of {
        /** Features under θ. */
        FEATURES("distance"),
        /** Gradients with respect to θ. */
        GRADIENTS("distance"),
        /** Networks trained on the subset. */
        TRAINED("share");

        private final String unit;

        Of(String unit) {
            this.unit = unit;
        }
    }

    Metric(Of compared, String title, String explained, Optional<Function<Backend, SubsetMetric>> inSteps) {
        this.compared = compared;
        this.title = title;
        this.explained = explained;
        this.inSteps = inSteps;
    }

    /** What it looks at. */
    public Of compared() {
        return compared;
    }

    /** What it is, in two words, for headings. */
    public String title() {
        return title;
    }

    /** What it is, for a reader who has not seen it: a sentence without its end. */
    public String explained() {
        return explained;
    }

    /** What it is counted in. */
    public String unit() {
        return compared.unit;
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
