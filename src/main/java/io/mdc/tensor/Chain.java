package io.mdc.tensor;

/**
 * What a fused step does to each plane of a batch: instance norm, then ReLU if asked, then average pooling.
 *
 * @param relu whether negative values become 0 after the norm
 * @param pool side and stride of the average-pooling window, 1 for none; rows and columns that do not fill a window are
 *     dropped
 * @param epsilon added to the variance of a plane
 */
public record Chain(boolean relu, int pool, double epsilon) {

    /** Validates the step. */
    public Chain {
        if (pool < 1) {
            throw new IllegalArgumentException("pooling window " + pool + "; must be at least 1");
        }
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon " + epsilon + "; must be positive");
        }
    }
}
