package io.mdc.engine;

/** What the time of an inner loop goes into. */
public enum Phase {
    /** Forward passes of matching. */
    FORWARD,
    /** Backward passes of matching. */
    BACKWARD,
    /** Tangent sweeps of matching, forward and backward. */
    TANGENT,
    /** Distances between gradients and directions of the sweep. */
    DISTANCE,
    /** Forward and backward passes of training. */
    TRAINING,
    /** Steps of the network's weights. */
    WEIGHT_UPDATE,
    /** Preparing weights and directions. */
    PREPARATION,
    /** Sampling, decoding, augmenting and mixing images, and the adjoints. */
    AUGMENTATION,
    /** Steps of the synthetic images. */
    IMAGE_UPDATE
}
