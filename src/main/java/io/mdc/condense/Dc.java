package io.mdc.condense;

import io.mdc.setting.Settings;
import io.mdc.synthetic.Init;
import io.mdc.synthetic.SyntheticSet;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * DC: gradient matching along a θ that is trained on the synthetic images, which start as noise (Zhao, Mopuri and
 * Bilen, "Dataset Condensation with Gradient Matching", 2021).
 */
class Dc extends Idc {

    @Override
    public Init init() {
        return Init.NOISE;
    }

    @Override
    public Stream<String> special() {
        return Stream.concat(ofGradients(), Settings.keys(OwnTrainingConfig.class).stream());
    }

    @Override
    public Optional<Class<? extends BaseMethod>> thetaOf() {
        return Optional.empty();
    }

    @Override
    public Trajectory trajectory(CondenseTask task, SyntheticSet images) {
        return new OwnTrajectory(task, images);
    }
}
