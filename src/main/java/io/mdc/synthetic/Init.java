package io.mdc.synthetic;

/** What the synthetic images are before the first step. */
public enum Init {
    /** Collages of factor × factor real images, each shrunk to a tile. */
    MIX,
    /** Real images. */
    RANDOM,
    /** Normal noise of mean 0.5 and standard deviation 0.25, clamped to [0, 1]. */
    NOISE
}
