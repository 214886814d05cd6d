package io.mdc.config;

import io.mdc.augment.TransformKind;
import io.mdc.data.DatasetSource;
import io.mdc.dataset.Svhn;
import io.mdc.dataset.folder.ImageFolder;
import io.mdc.matching.Distance;
import io.mdc.method.Method;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import io.mdc.synthetic.Decoding;
import io.mdc.synthetic.Init;
import io.mdc.task.SubsetLoss;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remarks on settings that are allowed but may not do what was meant, or what the paper does with a data set. */
final class Remarks {
    /** Methods that match gradients by the setting. */
    private static final Set<Method> BY_DISTANCE = EnumSet.of(Method.MDC, Method.IDC, Method.DREAM);

    /** Methods that match mean features. */
    private static final Set<Method> BY_FEATURES = EnumSet.of(Method.DM, Method.DANCE);

    private Remarks() {}

    /** One line each, often none. */
    static List<String> of(RunConfig config) {
        List<String> notes = new ArrayList<>();
        ofSubset(config, notes);
        ofBatch(config, notes);
        if (config.synthetic().init() == Init.RANDOM && config.synthetic().factor() > 1) {
            notes.add("--init random: with --factor " + config.synthetic().factor()
                    + " training images are enlarged parts of whole real images; mix begins with as many smaller ones");
        }
        if (isOf(config, new Svhn())
                && config.evaluation().augmentEval().steps().stream()
                        .anyMatch(step -> step.contains(TransformKind.FLIP))) {
            notes.add("--augment-eval " + config.evaluation().augmentEval()
                    + ": mirrors digits; the paper leaves flip out for svhn (color,crop|scale|rotate)");
        }
        if (isOf(config, ImageFolder.imageNet10())
                && BY_DISTANCE.contains(config.method().method())
                && config.method().subsetLoss() == SubsetLoss.NONE
                && config.matching().distance() == Distance.MSE) {
            notes.add("--distance mse: the authors of the paper have l1 for imagenet10 where there is no subset loss");
        }
        return List.copyOf(notes);
    }

    /**
     * One line for each setting, of those that were given by options, that has another value than its default and no
     * part in the run.
     */
    static List<String> onIdle(RunConfig config, Set<String> given) {
        Map<String, String> values = Settings.texts(config);
        Map<String, String> usual = Presets.layer(Presets.DEFAULTS).values();
        return new IdleSettings(config)
                .reasons().entrySet().stream()
                        .filter(idle -> given.contains(idle.getKey()))
                        .filter(idle -> !values.get(idle.getKey()).equals(usual.get(idle.getKey())))
                        .map(idle -> "--" + idle.getKey() + " " + values.get(idle.getKey()) + ": has no part in "
                                + idle.getValue())
                        .toList();
    }

    private static void ofSubset(RunConfig config, List<String> notes) {
        SubsetLoss loss = config.method().subsetLoss();
        ofPeriod(config, notes);
        if (loss != SubsetLoss.NONE && config.synthetic().ipc() == 1) {
            notes.add("--ipc 1: has no smaller subset, so there is no subset loss");
        }
        if (config.method().method() == Method.MDC && config.method().subset() == SubsetLoss.NONE) {
            notes.add("--method mdc --subset none: is what --method idc does");
        }
    }

    /** The first choice is made after the first loop, the second after a period; both hold from the next loop on. */
    private static void ofPeriod(RunConfig config, List<String> notes) {
        int period = config.subset().period();
        int outer = config.loop().outer();
        boolean adaptive = config.method().adaptive();
        if (!config.condensing().measuresPrefixes() || outer == 0) {
            return;
        }
        if (adaptive && outer == 1) {
            notes.add("--outer 1: a subset is first chosen when the loop is over, so there is no subset loss");
        } else if (config.synthetic().ipc() > 2 && Math.max(period, 2) >= outer) {
            notes.add("--period " + period + ": with --outer " + outer + " the second choice comes too late, so "
                    + (adaptive
                            ? "the subset never grows beyond its first choice"
                            : "rates of change never become weights, which stay uniform"));
        }
    }

    /** Features are averaged over the images of a step, which may be fewer than there are. */
    private static void ofBatch(RunConfig config, List<String> notes) {
        int all = config.synthetic().decodedPerClass();
        int most = config.matching().batchSynMax(config.synthetic().ipc());
        if (BY_FEATURES.contains(config.method().method())
                && config.synthetic().decode() == Decoding.FULL
                && all > most) {
            notes.add("--batch-syn-max " + TextForm.format(config.matching().batchSynMax()) + ": a step sees " + most
                    + " of " + all + " training images of a class; --batch-syn-max " + all + " takes all");
        }
    }

    private static boolean isOf(RunConfig config, DatasetSource source) {
        return config.data().dataset().name().equals(source.name());
    }
}
