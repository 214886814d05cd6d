package io.mdc.method;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.matching.MatchingConfig;
import io.mdc.pretrained.Preparation;
import io.mdc.setting.ConfigException;
import io.mdc.synthetic.Init;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.tensor.Tensor;
import io.mdc.trajectory.RealTrajectory;
import io.mdc.trajectory.Trajectory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A base method (paper Table 2): what a step minimises, on which real images, and what θ goes through. The subset loss
 * is added on top of it.
 *
 * <p>A factory that keeps nothing. What it does not override: S starts as collages of real images, real images come
 * class by class and epoch by epoch, and θ is trained on them.
 */
public interface BaseMethod {

    /** What the first images are, unless the settings say. */
    default Init init() {
        return Init.MIX;
    }

    /**
     * Checks that every class has the real images that a step needs, and that the settings are of this method.
     *
     * @throws DataException if one has not
     * @throws ConfigException if settings leave too few, or ask for what the method does not have
     */
    default void check(CondenseConfig config, Dataset data) {}

    /**
     * Checks that the network has what a step looks at.
     *
     * @throws ConfigException if it has not
     */
    default void checkNetwork(MatchingConfig matching, DifferentiableGraph network) {}

    /** After how many inner loops the real images are chosen anew; 0 if they follow from the place alone. */
    default int choosesEvery(CondenseConfig config) {
        return 0;
    }

    /**
     * Keys of the settings that this method knows and not every other; for methods that do not name them they must have
     * their default.
     */
    default Stream<String> special() {
        return Stream.empty();
    }

    /** What θ goes through: methods with the same, but for {@link Theta#OWN}, can be driven by one trajectory. */
    default Theta theta() {
        return Theta.REAL;
    }

    /** Which real images a step sees: those of each class, epoch by epoch. */
    default RealSampler sampler(CondenseTask task) {
        return new ClassWiseSampler(task);
    }

    /**
     * A step of the images.
     *
     * @param images S, changed by steps
     * @param velocity of S, changed by steps
     */
    ImageStep step(CondenseTask task, SyntheticSet images, Tensor velocity);

    /**
     * What θ goes through: training on real images, which does not depend on S.
     *
     * @param images S, for methods whose θ is trained on it
     */
    default Trajectory trajectory(CondenseTask task, SyntheticSet images) {
        return new RealTrajectory(task);
    }

    /**
     * The options by which θ, or what is in its place, is trained, with their values; none if it never is.
     *
     * @return that of training on real images
     */
    default List<String> rates(CondenseConfig config) {
        return List.of("--net-lr " + config.training().netLr());
    }

    /** What is made before the first loop: nothing. */
    default Optional<Preparation> preparation(CondenseTask task) {
        return Optional.empty();
    }
}
