package io.mdc.method;

import io.mdc.matching.MatchingConfig;
import io.mdc.objective.Classification;
import io.mdc.pretrained.PoolConfig;
import io.mdc.pretrained.Preparation;
import io.mdc.setting.Settings;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseTask;
import io.mdc.tensor.Tensor;
import io.mdc.trajectory.DrawnTrajectory;
import io.mdc.trajectory.NetworkPool;
import io.mdc.trajectory.Trajectory;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * DANCE: matching of mean features under networks on the way from their initial to their trained weights, and the
 * cross-entropy of the images under the trained ones (Zhang et al., "DANCE: Dual-View Distribution Alignment for
 * Dataset Condensation", 2024).
 */
final class Dance implements FeatureMethod {

    @Override
    public Stream<String> special() {
        return Stream.concat(
                Settings.keys(PoolConfig.class).stream(),
                Stream.of(Settings.key(MatchingConfig.class, "crossEntropy")));
    }

    @Override
    public Optional<Preparation> preparation(CondenseTask task) {
        return task.cache().map(cache -> NetworkPool.networks(task, cache));
    }

    @Override
    public ImageStep step(CondenseTask task, SyntheticSet images, Tensor velocity) {
        ImageStep matching = FeatureMethod.super.step(task, images, velocity);
        double weight = task.config().matching().crossEntropy();
        return weight == 0
                ? matching
                : new CalibratedStep(
                        matching,
                        new ClassStep(
                                task,
                                images,
                                velocity,
                                new Classification(task.runner(), weight),
                                RealLoader.of(task, this)),
                        NetworkPool.of(task));
    }

    @Override
    public Theta theta() {
        return Theta.POOL;
    }

    @Override
    public Trajectory trajectory(CondenseTask task, SyntheticSet images) {
        return new DrawnTrajectory(task, NetworkPool.of(task)::between);
    }
}
