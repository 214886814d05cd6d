package io.mdc.reproduce.plan;

import io.mdc.method.Method;
import io.mdc.method.MethodConfig;
import io.mdc.setting.TextForm;
import io.mdc.subset.Metric;
import io.mdc.task.SubsetLoss;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run has other than the settings of its block and scale.
 *
 * @param method it is condensed by
 * @param settings texts by key; copied
 */
public record Recipe(Method method, Map<String, String> settings) {
    /** Copies the map. */
    public Recipe {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** A method as it is. */
    public static Recipe of(Method method) {
        return new Recipe(method, Map.of());
    }

    /** Whether there is a loss on prefixes. */
    boolean hasSubsetLoss() {
        SubsetLoss loss = Optional.ofNullable(settings.get("subset"))
                .map(text -> TextForm.parseConstant(SubsetLoss.class, text))
                .orElse(SubsetLoss.AUTO);
        return new MethodConfig(method, loss).subsetLoss() != SubsetLoss.NONE;
    }

    /** Whether it asks for a metric to select subsets by. */
    boolean asksFor(Metric metric) {
        return TextForm.format(metric).equals(settings.get("metric"));
    }

    /** The same with one more setting. */
    public Recipe with(String key, Object value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(key, value instanceof Enum<?> constant ? TextForm.format(constant) : value.toString());
        return new Recipe(method, more);
    }
}
