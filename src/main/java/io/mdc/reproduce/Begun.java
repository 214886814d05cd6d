package io.mdc.reproduce;

import io.mdc.backend.ComputeConfig;
import io.mdc.config.ConfigReader;
import io.mdc.dataset.DataConfig;
import io.mdc.dataset.DatasetName;
import io.mdc.reproduce.plan.Scale;
import io.mdc.reproduce.plan.Setup;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the directory of tables was begun with, the content of its {@code reproduce.json}.
 *
 * @param scale by name
 * @param settings texts of the user's settings by key; copied
 * @param seeds the most runs of each kind that were asked for; those of the scale where an earlier version did not say
 */
record Begun(String scale, Map<String, String> settings, Integer seeds) {
    private static final String DATASET = Settings.key(DataConfig.class, "dataset");
    private static final String DATA_DIR = Settings.key(DataConfig.class, "dataDir");

    /**
     * Copies the map.
     *
     * @throws ConfigException if there is no such scale
     * @throws IllegalArgumentException if there is no such data set, or fewer runs than one
     */
    Begun {
        Scale known = TextForm.parseConstant(Scale.class, scale);
        settings = Map.copyOf(settings);
        seeds = seeds == null ? Integer.valueOf(known.seeds()) : seeds;
        if (seeds < 1) {
            throw new IllegalArgumentException("seeds: " + seeds);
        }
        Optional.ofNullable(settings.get(DATASET)).ifPresent(DatasetName::parse);
    }

    /** What a directory for a setup begins with. */
    static Begun with(Setup setup) {
        return new Begun(
                TextForm.format(setup.scale()), withoutCompute(setup.options().values()), setup.seeds());
    }

    /** The same with as many runs of each kind as another had, if that had more. */
    Begun and(Begun before) {
        return new Begun(scale, settings, Math.max(seeds, before.seeds));
    }

    /**
     * Settings with files and directories by paths that hold wherever the next command is given.
     *
     * @throws ConfigException if one is wrong
     */
    static Layer absolute(Layer options) {
        Map<String, String> absolute = Settings.texts(ConfigReader.read(options).absolute());
        absolute.keySet().retainAll(options.values().keySet());
        return Layer.options(absolute);
    }

    /** The settings that later commands take over: not what is computed with, which is a matter of the machine. */
    Layer kept() {
        return Layer.options(withoutCompute(settings));
    }

    /**
     * Makes sure that runs of another beginning can be in the same directory.
     *
     * @param directory for the message
     * @throws ConfigException if not
     */
    void requireGoesOn(Begun now, Path directory) {
        if (!scale.equals(now.scale) || !telling().equals(now.telling())) {
            throw new ConfigException(
                    "out",
                    directory,
                    "was begun with " + words() + ", not " + now.words() + "; name another directory");
        }
    }

    /**
     * The settings that tell its runs from others: where the files are only if that alone says what images they have.
     */
    private Map<String, String> telling() {
        Map<String, String> telling = withoutCompute(settings);
        boolean own = Optional.ofNullable(settings.get(DATASET))
                .filter(name -> DatasetName.parse(name).source().card().isOwn())
                .isPresent();
        if (!own) {
            telling.remove(DATA_DIR);
        }
        return telling;
    }

    private static Map<String, String> withoutCompute(Map<String, String> settings) {
        Map<String, String> kept = new TreeMap<>(settings);
        kept.keySet().removeAll(Settings.keys(ComputeConfig.class));
        return kept;
    }

    private String words() {
        StringBuilder words = new StringBuilder("--scale " + scale);
        telling()
                .forEach((key, value) ->
                        words.append(" --").append(key).append(' ').append(value));
        return words.toString();
    }
}
