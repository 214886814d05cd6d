package io.mdc.method;

import io.mdc.base.Seeds;
import io.mdc.engine.Initializer;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.trajectory.DrawnTrajectory;
import io.mdc.trajectory.Trajectory;
import java.util.List;

/**
 * DM: matching of mean features under a new random network in every inner loop (Zhao and Bilen, "Dataset Condensation
 * with Distribution Matching", 2023).
 */
final class Dm implements FeatureMethod {

    @Override
    public Theta theta() {
        return Theta.RANDOM;
    }

    @Override
    public Trajectory trajectory(CondenseTask task, SyntheticSet images) {
        long seed = task.config().seed();
        return new DrawnTrajectory(
                task,
                (place, weights) -> Initializer.initialize(
                        weights, Seeds.generator(seed, "weights", place.outer(), place.inner())));
    }

    @Override
    public List<String> rates(CondenseConfig config) {
        return List.of();
    }
}
