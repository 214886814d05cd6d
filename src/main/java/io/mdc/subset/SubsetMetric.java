package io.mdc.subset;

import io.mdc.matching.GradientMatcher;
import io.mdc.tensor.Backend;

/** How far each prefix of a class's synthetic images is from its real images. */
public interface SubsetMetric {

    /** Whether the matching step is to measure the gradient distances of prefixes. */
    default boolean needsGradients() {
        return false;
    }

    /**
     * Measures all prefixes on the batches of the last matching step.
     *
     * @param matcher that made the step
     * @param prefixEnds for n = 1, 2, …: how many of the M synthetic images come from the first n stored images
     * @return a distance per prefix, at least 0; NaN for a prefix without images in this batch
     */
    double[] measure(Backend backend, GradientMatcher matcher, int[] prefixEnds);

    /** The metric of that name. */
    static SubsetMetric of(Metric name) {
        return switch (name) {
            case FEATURE -> new FeatureDistance();
            case GRADIENT -> new PrefixGradientDistance();
        };
    }
}
