package io.mdc.config;

import io.mdc.coreset.ChoiceConfig;
import io.mdc.engine.TrainingConfig;
import io.mdc.matching.MatchingConfig;
import io.mdc.method.ClassMethod;
import io.mdc.method.Theta;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import io.mdc.subset.SubsetConfig;
import io.mdc.task.AccuracyConfig;
import io.mdc.task.CondenseConfig;
import io.mdc.task.LoopConfig;
import io.mdc.task.SubsetLoss;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings whose values make no difference to the images of a run, because of others. */
final class IdleSettings {
    private final RunConfig config;
    private final CondenseConfig condensing;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    IdleSettings(RunConfig config) {
        this.config = config;
        condensing = config.condensing();
        ofLossOnPrefixes();
        ofChoice();
        ofNetworks();
        ofRealImages();
    }

    /** By key of such a setting the option, with its value, that has no use for it. */
    Map<String, String> reasons() {
        return Collections.unmodifiableMap(reasons);
    }

    private void ofLossOnPrefixes() {
        SubsetConfig subset = condensing.subset();
        if (condensing.subsetLoss() == SubsetLoss.ADAPTIVE) {
            add("--subset adaptive", SubsetConfig.class, "subsetWeights");
        } else if (condensing.subsetLoss() == SubsetLoss.ALL) {
            add("--subset all", SubsetConfig.class, "selection", "freezing");
        } else {
            String without = withoutLoss();
            add(without, SubsetConfig.class, "metric", "selection", "freezing", "classWise");
            add(without, SubsetConfig.class, "subsetWeights", "subsetScale");
            add(without, AccuracyConfig.class, "accuracyWidth", "accuracyEpochs", "accuracyImages");
            return;
        }
        String metric = option("metric", subset.metric());
        if (!condensing.measuresPrefixes()) {
            metric = option("subset-weights", subset.subsetWeights());
            add(metric, SubsetConfig.class, "metric", "classWise");
        }
        if (!trainsPrefixes()) {
            add(metric, AccuracyConfig.class, "accuracyWidth", "accuracyEpochs", "accuracyImages");
        }
    }

    /** Why there is no loss on prefixes. */
    private String withoutLoss() {
        if (config.synthetic().ipc() == 1) {
            return option("ipc", 1);
        }
        return config.method().subset() == SubsetLoss.AUTO ? method() : option("subset", SubsetLoss.NONE);
    }

    private void ofChoice() {
        if (condensing.synthetic().init().coreset().isEmpty() && config.base().choosesEvery(condensing) == 0) {
            add(option("init", condensing.synthetic().init()), ChoiceConfig.class, "chooseFrom");
        }
    }

    private void ofNetworks() {
        Theta theta = config.base().theta();
        if (theta != Theta.REAL) {
            add(method(), LoopConfig.class, "nData");
        }
        if (theta != Theta.REAL && theta != Theta.POOL && !trainsPrefixes()) {
            add(method(), LoopConfig.class, "batchTrain");
            add(method(), TrainingConfig.class, "augmentTrain", "cutmixTrain");
        }
    }

    /** Methods that move all images at once look at real ones only where a metric does. */
    private void ofRealImages() {
        boolean measures = condensing.measuresPrefixes() && !trainsPrefixes();
        if (!(config.base() instanceof ClassMethod) && !measures) {
            add(method(), MatchingConfig.class, "batchReal", "batchSynMax");
        }
    }

    private boolean trainsPrefixes() {
        return condensing.measuresPrefixes() && !condensing.subset().metric().isInSteps();
    }

    private String method() {
        return option("method", config.method().method());
    }

    private static String option(String key, Object value) {
        return "--" + key + " " + TextForm.format(value);
    }

    private void add(String reason, Class<? extends Record> owner, String... components) {
        for (String component : components) {
            reasons.put(Settings.key(owner, component), reason);
        }
    }
}
