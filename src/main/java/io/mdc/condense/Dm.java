package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.matching.MatchingConfig;
import io.mdc.objective.DistributionMatching;
import io.mdc.objective.Objective;
import io.mdc.synthetic.SyntheticSet;
import java.util.Optional;

/**
 * DM: matching of mean features under a new random network in every inner loop (Zhao and Bilen, "Dataset Condensation
 * with Distribution Matching", 2023).
 */
class Dm implements ClassMethod {

    @Override
    public String referenceCases() {
        return "distribution-";
    }

    @Override
    public Objective objective(MatchingConfig matching, ChunkedGraph runner) {
        return new DistributionMatching(runner);
    }

    @Override
    public Optional<Class<? extends BaseMethod>> thetaOf() {
        return Optional.of(getClass());
    }

    @Override
    public Trajectory trajectory(CondenseTask task, SyntheticSet images) {
        long seed = task.config().seed();
        return new DrawnTrajectory(
                task,
                (place, weights) -> Initializer.initialize(
                        weights, Seeds.generator(seed, "weights", place.outer(), place.inner())));
    }
}
