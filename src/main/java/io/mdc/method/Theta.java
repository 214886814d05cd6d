package io.mdc.method;

/** What θ goes through in the runs of a method. */
public enum Theta {
    /** Training on real images. */
    REAL,
    /** A new random network in every inner loop. */
    RANDOM,
    /** Networks of a pool. */
    POOL,
    /** Nothing: steps bring networks of their own. */
    NONE,
    /** Training on S, so that no other run has the same. */
    OWN;

    /** Whether runs of other images can have the same. */
    public boolean isShared() {
        return this != OWN;
    }
}
