package io.mdc.matching;

/** Distance between two gradients, summed over the matched parameter arrays. */
public enum Distance {
    /** Sum of squared differences. */
    MSE,
    /** Sum of absolute differences. */
    L1,
    /** Sum over output channels of one minus the cosine of the angle between their weights' gradients. */
    COSINE
}
