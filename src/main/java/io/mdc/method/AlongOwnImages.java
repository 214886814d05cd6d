package io.mdc.method;

import io.mdc.setting.Settings;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.OwnTrainingConfig;
import io.mdc.trajectory.OwnTrajectory;
import io.mdc.trajectory.Trajectory;
import java.util.List;
import java.util.stream.Stream;

/** A base method that matches gradients along a θ which is trained on the condensed images themselves. */
interface AlongOwnImages extends GradientMethod {

    @Override
    default Stream<String> special() {
        return Stream.concat(GradientMethod.keys(), Settings.keys(OwnTrainingConfig.class).stream());
    }

    @Override
    default Theta theta() {
        return Theta.OWN;
    }

    @Override
    default Trajectory trajectory(CondenseTask task, SyntheticSet images) {
        return new OwnTrajectory(task, images);
    }

    @Override
    default List<String> rates(CondenseConfig config) {
        return List.of("--lr-own " + config.own().lrOwn());
    }
}
