package io.mdc.subset;

import io.mdc.config.Metric;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/** How far each prefix of a class's synthetic images is from its real images. */
public interface SubsetMetric {

    /**
     * Measures all prefixes on the batches of one matching step.
     *
     * @param features {@code [B + M, F]}: last-layer features of the B real, then of the M synthetic images; read only
     * @param realImages B
     * @param prefixEnds for n = 1, 2, …: how many of the M synthetic images come from the first n stored images
     * @return a distance per prefix, at least 0; NaN for a prefix without images in this batch
     */
    double[] measure(Backend backend, Tensor features, int realImages, int[] prefixEnds);

    /** The metric of that name. */
    static SubsetMetric of(Metric name) {
        return switch (name) {
            case FEATURE -> new FeatureDistance();
        };
    }
}
