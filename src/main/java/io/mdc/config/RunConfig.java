package io.mdc.config;

import io.mdc.backend.ComputeConfig;
import io.mdc.coreset.ChoiceConfig;
import io.mdc.data.Dataset;
import io.mdc.dataset.DataConfig;
import io.mdc.engine.TrainingConfig;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.evaluate.EvaluationSettings;
import io.mdc.matching.MatchingConfig;
import io.mdc.method.BaseMethod;
import io.mdc.method.Method;
import io.mdc.method.MethodConfig;
import io.mdc.method.Theta;
import io.mdc.network.NetworkConfig;
import io.mdc.order.OrderConfig;
import io.mdc.pretrained.ExpertsConfig;
import io.mdc.pretrained.PoolConfig;
import io.mdc.robust.RobustConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Setting;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import io.mdc.subset.SubsetConfig;
import io.mdc.synthetic.Init;
import io.mdc.synthetic.SyntheticConfig;
import io.mdc.task.AccuracyConfig;
import io.mdc.task.CondenseConfig;
import io.mdc.task.LoopConfig;
import io.mdc.task.OwnTrainingConfig;
import io.mdc.task.StudentConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a run needs to be repeated.
 *
 * @param data images to condense
 * @param synthetic images to make
 * @param network network to condense and evaluate with
 * @param loop how long to condense
 * @param matching one matching step
 * @param method base method and subset loss
 * @param subset loss on prefixes
 * @param accuracy networks that the metric accuracy trains on prefixes
 * @param choice choice of real images
 * @param pool networks that the method dance matches on
 * @param training training of networks
 * @param own training of networks on the condensed images themselves
 * @param experts networks trained on real images beforehand
 * @param student networks trained on the condensed images from where one of them was
 * @param evaluation evaluation of prefixes
 * @param robust what a finished set is compared with
 * @param order order of the images of a finished set
 * @param compute what to compute with
 * @param checkpointMinutes how often, in wall time, the state is saved besides every period
 * @param seed seed of all random choices
 */
public record RunConfig(
        @Setting("Data") DataConfig data,
        @Setting("Condensed images") SyntheticConfig synthetic,
        @Setting("Network") NetworkConfig network,
        @Setting("Loops") LoopConfig loop,
        @Setting("Matching") MatchingConfig matching,
        @Setting("Method") MethodConfig method,
        @Setting("Loss on prefixes") SubsetConfig subset,
        @Setting("Accuracy of prefixes") AccuracyConfig accuracy,
        @Setting("Choice of real images") ChoiceConfig choice,
        @Setting("Pool of networks") PoolConfig pool,
        @Setting("Network training") TrainingConfig training,

        @Setting("Training on the condensed images (dc, dsa)")
        OwnTrainingConfig own,

        @Setting("Experts (mtt)") ExpertsConfig experts,
        @Setting("Students (mtt)") StudentConfig student,
        @Setting("Evaluation") EvaluationConfig evaluation,
        @Setting("Comparison with real images (--robust)") RobustConfig robust,

        @Setting("Order") OrderConfig order,
        @Setting("Computation") ComputeConfig compute,

        @Setting(value = "Minutes after which the state is saved, besides every period", min = 0, max = 1_440)
        double checkpointMinutes,

        @Setting("Seed of all random choices") long seed) {
    /** Settings of how a run is computed, evaluated and ordered. */
    private static final List<Class<?>> NOT_SHAPING =
            List.of(ComputeConfig.class, EvaluationConfig.class, RobustConfig.class, OrderConfig.class);

    private static final String OUTER = Settings.key(LoopConfig.class, "outer");

    /** Settings that θ depends on, besides the seed, and of how it is computed. */
    private static final List<Class<?>> OF_TRAJECTORY = List.of(
            DataConfig.class,
            NetworkConfig.class,
            LoopConfig.class,
            PoolConfig.class,
            TrainingConfig.class,
            ComputeConfig.class);

    /**
     * Checks what concerns several records.
     *
     * @throws ConfigException if a size to evaluate is larger than the set, or a setting is not known to the method
     */
    public RunConfig {
        Settings.check(
                RunConfig.class,
                data,
                synthetic,
                network,
                loop,
                matching,
                method,
                subset,
                accuracy,
                choice,
                pool,
                training,
                own,
                experts,
                student,
                evaluation,
                robust,
                order,
                compute,
                checkpointMinutes,
                seed);
        evaluation.sizes().resolve(synthetic.ipc());
        requireKnown(
                method.method(),
                synthetic,
                network,
                loop,
                matching,
                subset,
                accuracy,
                choice,
                pool,
                training,
                own,
                experts,
                student);
    }

    /** Fails if a setting that only other base methods know has another value than its default. */
    private static void requireKnown(Method method, Record... groups) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(groups).map(Settings::texts).forEach(values::putAll);
        Map<String, String> usual = Presets.layer(Presets.DEFAULTS).values();
        List<String> known = method.base().special().toList();
        Arrays.stream(Method.values())
                .flatMap(other -> other.base().special())
                .filter(key -> !known.contains(key))
                .filter(key -> !values.get(key).equals(usual.get(key)))
                .findFirst()
                .ifPresent(key -> {
                    throw new ConfigException(
                            key,
                            values.get(key),
                            "is not known to --method " + TextForm.format(method) + "; leave it out (" + usual.get(key)
                                    + ")");
                });
    }

    /** The settings that shape the images of the condensation. */
    public CondenseConfig condensing() {
        return new CondenseConfig(
                synthetic.init() == Init.AUTO ? synthetic.with(base().init()) : synthetic,
                network,
                loop,
                matching,
                method.subsetLoss(),
                subset,
                accuracy,
                choice,
                pool,
                training,
                own,
                experts,
                student,
                seed);
    }

    /** The base method. */
    public BaseMethod base() {
        return method.method().base();
    }

    /**
     * Checks that there are the real images that it takes to condense, and what else the method asks for.
     *
     * @throws io.mdc.base.DataException if a class has too few
     * @throws ConfigException if settings leave too few, or do not go with the method
     */
    public void requireEnough(Dataset data) {
        CondenseConfig condensing = condensing();
        condensing.requireImages(data);
        base().check(condensing, data);
    }

    /** The settings that shape the accuracies of the evaluation. */
    public EvaluationSettings evaluating() {
        return new EvaluationSettings(evaluation, network, training, seed);
    }

    /**
     * The settings that shape the images of the condensation, whatever it is computed with and wherever the data are.
     *
     * @return text by key
     */
    public Map<String, String> shaping() {
        Map<String, String> shaping = Settings.texts(this);
        Settings.of(RunConfig.class).stream()
                .filter(setting -> NOT_SHAPING.contains(setting.owner()))
                .map(SettingInfo::key)
                .forEach(shaping::remove);
        shaping.remove(Settings.key(DataConfig.class, "dataDir"));
        shaping.remove(Settings.key(RunConfig.class, "checkpointMinutes"));
        return shaping;
    }

    /** Whether a run can go on with another value of a setting that shapes its images: with more outer loops only. */
    public static boolean canGoOn(String key, String begun, String now) {
        return now.equals(begun) || (key.equals(OUTER) && Integer.parseInt(now) > Integer.parseInt(begun));
    }

    /**
     * The settings of a run that goes on.
     *
     * @param begun those that it was begun with
     * @param given now
     * @param run its directory
     * @throws ConfigException if a setting that shapes its images differs, but for a larger number of outer loops
     */
    public static RunConfig goingOn(Layer begun, List<Layer> given, Path run) {
        RunConfig before = ConfigReader.read(begun);
        int outer = before.loop().outer();
        List<Layer> layers = new ArrayList<>(List.of(begun));
        OtherMethod.without(given, before.method().method())
                .forEach(layer -> layers.add(isShorter(layer, outer) ? layer.without(Set.of(OUTER)) : layer));
        RunConfig config = ConfigReader.merged(layers);
        config.requireGoesOn(before, run);
        return config;
    }

    /** Whether it is of a preset or a file with which a run was begun that went on for more loops since. */
    private static boolean isShorter(Layer layer, int outer) {
        return !layer.source().isEmpty()
                && Optional.ofNullable(layer.values().get(OUTER))
                        .filter(text -> text.matches("\\d{1,9}") && Integer.parseInt(text) < outer)
                        .isPresent();
    }

    private void requireGoesOn(RunConfig begun, Path run) {
        Map<String, String> now = absolute().shaping();
        begun.absolute().shaping().forEach((key, before) -> {
            if (!canGoOn(key, before, now.get(key))) {
                throw new ConfigException(
                        key,
                        now.get(key),
                        (key.equals(OUTER) ? "is less than " : "differs from ") + before + ", with which " + run
                                + " was begun");
            }
        });
    }

    /** These settings with as many outer loops as others have. */
    public RunConfig asLongAs(RunConfig other) {
        return lasting(other.loop().outer());
    }

    /** These settings with so many outer loops. */
    public RunConfig lasting(int outer) {
        return ConfigReader.read(
                Layer.options(Settings.texts(this)), Layer.options(Map.of(OUTER, Integer.toString(outer))));
    }

    /** The settings, and their values, that θ depends on, and how it is computed; all if it depends on the images. */
    public Map<String, String> ofTrajectory() {
        Map<String, String> all = Settings.texts(this);
        Settings.of(RunConfig.class).stream()
                .filter(setting -> !OF_TRAJECTORY.contains(setting.owner()))
                .map(SettingInfo::key)
                .filter(key -> !key.equals("seed"))
                .forEach(all::remove);
        Theta theta = base().theta();
        all.put("theta", theta.name());
        if (!theta.isShared()) {
            all.putAll(Settings.texts(this));
        }
        return all;
    }

    /** The same settings, with files and directories named by absolute paths. */
    public RunConfig absolute() {
        return new RunConfig(
                data.absolute(),
                synthetic,
                network.absolute(),
                loop,
                matching,
                method,
                subset,
                accuracy,
                choice,
                pool,
                training,
                own,
                experts,
                student,
                evaluation.absolute(),
                robust,
                order,
                compute,
                checkpointMinutes,
                seed);
    }

    /**
     * Checks what depends on the images of the data set.
     *
     * @param size height and width of the images in pixels
     * @param channels of the images
     * @throws ConfigException if the factor, the depth or an augmentation does not fit
     */
    public void requireFits(int size, int channels) {
        synthetic.requireFits(size);
        network.requireFits(size);
        matching.augmentMatch().requireFits("augment-match", channels);
        training.augmentTrain().requireFits("augment-train", channels);
        experts.augmentExpert().requireFits("augment-expert", channels);
        evaluation.augmentEval().requireFits("augment-eval", channels);
        order.augmentOrder().requireFits("augment-order", channels);
    }

    /**
     * Returns remarks on settings that are allowed but may not do what was meant.
     *
     * @return one line each, often none
     */
    public List<String> notes() {
        return Remarks.of(this);
    }

    /**
     * Remarks on settings, given by options, that the run has no use for.
     *
     * @param given keys of options
     * @return one line each, often none
     */
    public List<String> notesOnIdle(Set<String> given) {
        return Remarks.onIdle(this, given);
    }

    /**
     * Returns all settings as YAML that {@link Layer#file} reads and {@link ConfigReader} turns into an equal
     * configuration.
     *
     * @return one line for each setting, in the order they are declared
     */
    public String toYaml() {
        return Settings.toYaml(this);
    }
}
