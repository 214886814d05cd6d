package io.mdc.objective;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Tensor;

/**
 * The real images B of a step. One that remembers also keeps what an objective computed of them, their weight gradient
 * and features, so that the steps of several image sets, which see the same B under the same θ, compute it once.
 *
 * <p>Whoever changes the images or θ says so with {@link #changed}. Not thread-safe.
 */
public final class RealBatch {
    private final LabelledImages images;
    private final boolean remembers;
    private boolean featuresKnown;
    private boolean gradientKnown;
    private ParameterSet gradient;
    private Tensor features;

    private RealBatch(LabelledImages images, boolean remembers) {
        this.images = images;
        this.remembers = remembers;
    }

    /** Images of which everything is computed anew each time. */
    public static RealBatch of(LabelledImages images) {
        return new RealBatch(images, false);
    }

    /** Images of which everything is computed once, until they change. */
    public static RealBatch remembering(LabelledImages images) {
        return new RealBatch(images, true);
    }

    /** {@code [B, C, H, W]}, normalised and augmented. */
    public Tensor images() {
        return images.images();
    }

    /** {@code [B, classes]}. */
    public Tensor targets() {
        return images.targets();
    }

    /** B. */
    public int size() {
        return images.size();
    }

    /** The images were overwritten, or θ has moved: nothing is known of them any more. */
    public void changed() {
        featuresKnown = false;
        gradientKnown = false;
    }

    /** Whether the features are those of the images as they are. */
    boolean knowsFeatures() {
        return featuresKnown;
    }

    /** Whether the gradient and the features are those of the images as they are. */
    boolean knowsAll() {
        return featuresKnown && gradientKnown;
    }

    /** The gradient has been computed. */
    void gradientComputed() {
        gradientKnown = remembers;
    }

    /**
     * Keeps the features that a pass has written to {@code ofBatch}, or, if it had not to as they are known, writes
     * them there.
     *
     * @param known whether they were when the pass began
     */
    void exchangeFeatures(DifferentiableGraph graph, Tensor ofBatch, boolean known) {
        Tensor kept = features(graph);
        graph.backend().vectors().copy(known ? kept : ofBatch, known ? ofBatch : kept);
        featuresKnown = remembers;
    }

    /** {@link #exchangeFeatures} of the weight gradient, all arrays end to end. */
    void exchangeGradient(DifferentiableGraph graph, Tensor ofBatch, boolean known) {
        if (remembers) {
            Tensor kept = gradient(graph).flat();
            graph.backend().vectors().copy(known ? kept : ofBatch, known ? ofBatch : kept);
        }
        gradientKnown = remembers;
    }

    /** Room for the weight gradient of their mean cross-entropy. */
    ParameterSet gradient(DifferentiableGraph graph) {
        if (gradient == null) {
            gradient = graph.newParameters();
        }
        return gradient;
    }

    /** Room for their last feature layer, {@code [B, features]}. */
    private Tensor features(DifferentiableGraph graph) {
        if (features == null) {
            features = graph.backend().zeros(size(), graph.features());
        }
        return features;
    }
}
