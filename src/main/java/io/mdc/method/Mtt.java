package io.mdc.method;

import io.mdc.data.Dataset;
import io.mdc.engine.Sgd;
import io.mdc.pretrained.ExpertsConfig;
import io.mdc.pretrained.Preparation;
import io.mdc.pretrained.TrainedNetworks;
import io.mdc.pretrained.TrainingPlan;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Settings;
import io.mdc.subset.Metric;
import io.mdc.subset.SubsetConfig;
import io.mdc.synthetic.Decoding;
import io.mdc.synthetic.SyntheticConfig;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.StudentConfig;
import io.mdc.task.SubsetLoss;
import io.mdc.tensor.Tensor;
import io.mdc.trajectory.NetworkSource;
import io.mdc.trajectory.NoTrajectory;
import io.mdc.trajectory.Trajectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MTT: a student that begins where an expert was and is trained on S for a few steps should come to where the expert
 * was some epochs later (Cazenavette et al., "Dataset Distillation by Matching Training Trajectories", 2022). All
 * images move at once; there is no θ between steps.
 */
final class Mtt implements BaseMethod {

    @Override
    public void check(CondenseConfig config, Dataset data) {
        int last = config.student().lastEpoch();
        int epochs = epochs(config);
        if (epochs < last) {
            throw new ConfigException(
                    Settings.key(ExpertsConfig.class, "epochsExpert"),
                    epochs,
                    "must be at least " + last + ", the last epoch that --start-below "
                            + config.student().startBelow() + " with --epochs-ahead "
                            + config.student().epochsAhead() + " looks at");
        }
        if (config.synthetic().decode() == Decoding.BOUND) {
            throw refused(SyntheticConfig.class, "decode", "bound", "trains students on all tiles; leave it at full");
        }
        if (config.subset().metric().compared() == Metric.Of.GRADIENTS && config.measuresPrefixes()) {
            throw refused(SubsetConfig.class, "metric", "gradient", "matches no gradients; take feature or accuracy");
        }
        if (config.subsetLoss() == SubsetLoss.ALL
                && config.measuresPrefixes()
                && config.subset().classWise()) {
            throw refused(
                    SubsetConfig.class,
                    "classWise",
                    true,
                    "has one loss for a prefix of all classes, so that weights by rate cannot differ between them");
        }
    }

    private static ConfigException refused(Class<? extends Record> owner, String component, Object value, String why) {
        return new ConfigException(Settings.key(owner, component), value, "--method mtt " + why);
    }

    private static int epochs(CondenseConfig config) {
        return config.experts().epochsExpert().orElse(config.student().lastEpoch());
    }

    /** Networks trained by plain gradient descent, with their states after every epoch. */
    private static TrainedNetworks experts(CondenseTask task, Path cache) {
        CondenseConfig config = task.config();
        ExpertsConfig experts = config.experts();
        int images = task.data().train().size();
        int batch = Math.min(experts.batchExpert(), images);
        TrainingPlan plan = new TrainingPlan(
                TrainingPlan.Kind.EXPERTS,
                experts.experts(),
                epochs(config),
                (images + batch - 1) / batch,
                batch,
                experts.lrExpert(),
                new Sgd(0, 0),
                experts.augmentExpert(),
                0,
                experts.seedExpert());
        return new TrainedNetworks(plan, config.network(), task.data(), task.runner(), cache);
    }

    @Override
    public Optional<Preparation> preparation(CondenseTask task) {
        return task.cache().map(cache -> experts(task, cache));
    }

    @Override
    public ImageStep step(CondenseTask task, SyntheticSet images, Tensor velocity) {
        NetworkSource source = task.cache()
                .<NetworkSource>map(cache -> experts(task, cache)::read)
                .orElseGet(NetworkSource::untrained);
        return new TrajectoryStep(task, images, velocity, source, RealLoader.of(task, this));
    }

    @Override
    public Stream<String> special() {
        return Stream.concat(Settings.keys(ExpertsConfig.class).stream(), Settings.keys(StudentConfig.class).stream());
    }

    @Override
    public Theta theta() {
        return Theta.NONE;
    }

    @Override
    public Trajectory trajectory(CondenseTask task, SyntheticSet images) {
        return new NoTrajectory(task);
    }

    @Override
    public List<String> rates(CondenseConfig config) {
        return List.of(
                "--lr-student " + config.student().lrStudent(),
                "--lr-rate " + config.student().lrRate(),
                "--lr-expert " + config.experts().lrExpert());
    }
}
