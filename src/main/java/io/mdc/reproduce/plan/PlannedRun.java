package io.mdc.reproduce.plan;

import io.mdc.base.Json;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.setting.TextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run that a table is measured on; equal to others of the same name.
 *
 * @param name of its directory, which tells it from all runs with other settings
 * @param config its settings
 * @param parts of a run that is made of others: those, in the order of their images; else none; copied
 */
public record PlannedRun(String name, RunConfig config, List<PlannedRun> parts) {
    private static final Map<String, String> USUAL = ConfigReader.read().shaping();

    /** Copies the list. */
    public PlannedRun {
        parts = List.copyOf(parts);
    }

    /** A run that is condensed by a recipe, with the settings that come of it. */
    static PlannedRun condensed(RunConfig config, Recipe recipe) {
        return new PlannedRun(name(config, recipe.settings(), ""), config, List.of());
    }

    /** One that is made of others; its settings are those of a run that would have as many images. */
    static PlannedRun joined(RunConfig config, Recipe recipe, List<PlannedRun> parts) {
        return new PlannedRun(name(config, recipe.settings(), "_joined"), config, parts);
    }

    private static String name(RunConfig config, Map<String, String> settings, String suffix) {
        List<String> words = new ArrayList<>();
        words.add(config.data().dataset().toString());
        words.add(TextForm.format(config.method().method()));
        words.add("ipc-" + config.synthetic().ipc());
        settings.forEach((key, value) -> {
            if (!key.equals("ipc")) {
                words.add(key + "-" + value);
            }
        });
        words.add("seed-" + config.seed());
        Object shape = List.of(unusual(config), config.evaluation().evaluateEvery());
        return String.join("_", words).replaceAll("[^A-Za-z0-9.+_-]+", "-") + suffix + "_"
                + Json.checksum(Json.line(shape));
    }

    /** The settings that shape the images and are not the defaults: new settings leave names as they were. */
    private static Map<String, String> unusual(RunConfig config) {
        Map<String, String> unusual = new TreeMap<>(config.shaping());
        unusual.entrySet().removeAll(USUAL.entrySet());
        return unusual;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlannedRun run && name.equals(run.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
