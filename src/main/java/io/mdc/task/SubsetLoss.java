package io.mdc.task;

/** The loss on prefixes of the images that is added to that of a base method. */
public enum SubsetLoss {
    /** What the method is known for. */
    AUTO,
    /** The same loss on the most learnable subset (paper Sec. 3.3). */
    ADAPTIVE,
    /** The same loss on every prefix, each with a weight. */
    ALL,
    /** No other loss. */
    NONE
}
