package io.mdc.directory;

import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.dataset.DataConfig;
import io.mdc.setting.Settings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that the images of a run depend on; a run that is resumed must have the one it was begun with, but for more outer
 * loops.
 *
 * @param settings text by key of the settings that shape the images, in alphabetical order; copied
 * @param data SHA-256 of the data set: its files or their decoded images, the names of its classes, and its labels
 */
public record Fingerprint(Map<String, String> settings, String data) {
    /** Settings of the data set that its checksum stands for. */
    private static final List<String> IN_DATA = List.of("classes", "skipBadImages");

    /** Copies the map. */
    public Fingerprint {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** That of a run. */
    public static Fingerprint of(RunConfig config, Dataset data) {
        Map<String, String> settings = new TreeMap<>(config.shaping());
        IN_DATA.forEach(component -> settings.remove(Settings.key(DataConfig.class, component)));
        config.network()
                .network()
                .file()
                .ifPresent(file -> settings.put("network", SourceFile.of(file).sha256()));
        return new Fingerprint(settings, data.checksum());
    }

    /** Whether it is of the same run as another, which may be longer or shorter. */
    public boolean isOfSameRun(Fingerprint other) {
        if (equals(other)) {
            return true;
        }
        Map<String, String> one = complete();
        Map<String, String> two = other.complete();
        return data.equals(other.data)
                && one.keySet().equals(two.keySet())
                && one.keySet().stream()
                        .allMatch(key -> RunConfig.canGoOn(key, one.get(key), two.get(key))
                                || RunConfig.canGoOn(key, two.get(key), one.get(key)));
    }

    /** The settings, those that there were not when the run was begun with their defaults. */
    private Map<String, String> complete() {
        Map<String, String> all = new TreeMap<>(Presets.layer(Presets.DEFAULTS).values());
        all.putAll(settings);
        return all;
    }

    /**
     * What is not as in {@code begun}, in one line; empty if nothing. Settings that there were not when the run was
     * begun count as their defaults.
     *
     * @param config names the settings that were read now
     */
    public Optional<String> differenceTo(Fingerprint begun, Path config) {
        Map<String, String> before = begun.complete();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String key = setting.getKey();
            if (!RunConfig.canGoOn(key, before.get(key), setting.getValue())) {
                return Optional.of(config + ": " + key + " is " + setting.getValue() + ", but the run was begun with "
                        + before.get(key) + "; set it back, or begin another run");
            }
        }
        return data.equals(begun.data())
                ? Optional.empty()
                : Optional.of("the data set has changed since the run was begun: its images, labels or names of classes"
                        + " are not those of the checkpoint; name the right one with --data-dir, or begin another run");
    }
}
