package io.mdc.method;

import io.mdc.engine.ChunkedGraph;
import io.mdc.matching.MatchingConfig;
import io.mdc.objective.DistributionMatching;
import io.mdc.objective.Objective;

/** A base method that matches mean features of real and condensed images. */
interface FeatureMethod extends ClassMethod {

    @Override
    default String referenceCases() {
        return "distribution-";
    }

    @Override
    default Objective objective(MatchingConfig matching, ChunkedGraph runner) {
        return new DistributionMatching(runner);
    }
}
