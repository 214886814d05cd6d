package io.mdc.synthetic;

/** How stored images become training images in a matching step. */
public enum Decoding {
    /** Every image is cut into factor × factor tiles. */
    FULL,
    /** As many leading images as fit into the batch are, the next ones into fewer tiles, and so on. */
    BOUND
}
