package io.mdc.synthetic;

import io.mdc.coreset.Coreset;
import io.mdc.coreset.Herding;
import io.mdc.coreset.KCenter;
import io.mdc.coreset.KMeans;
import java.util.Optional;

/** What the synthetic images are before the first step. */
public enum Init {
    /** What the method is known for. */
    AUTO(null),
    /** Collages of factor × factor real images, each shrunk to a tile. */
    MIX(null),
    /** Real images. */
    RANDOM(null),
    /** Normal noise of mean 0.5 and standard deviation 0.25, clamped to [0, 1]. */
    NOISE(null),
    /** Collages of the real images nearest to the centres of as many clusters. */
    KMEANS(new KMeans()),
    /** Collages of the real images whose mean comes nearest to that of all. */
    HERDING(new Herding()),
    /** Collages of real images that are far from each other. */
    K_CENTER(new KCenter());

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final Coreset coreset;

    Init(Coreset coreset) {
        this.coreset = coreset;
    }

    /** The rule that chooses the real images; empty if they are taken in order, or none are. */
    public Optional<Coreset> coreset() {
        return Optional.ofNullable(coreset);
    }
}
