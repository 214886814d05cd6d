package io.mdc.page;

import io.mdc.directory.ImageOrigin;
import io.mdc.method.MethodConfig;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.setting.Differences;
import io.mdc.setting.Settings;
import io.mdc.synthetic.SyntheticConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Settings of runs, and those in which they differ. */
final class SettingsSection {
    /** Settings of condensing that a finished set has, too. */
    private static final List<String> OF_SET =
            List.of(Settings.key(SyntheticConfig.class, "ipc"), Settings.key(SyntheticConfig.class, "factor"));

    private SettingsSection() {}

    /** A row per run with the settings that are not the same in all; empty if there are none. */
    static Optional<Sheet> differing(List<RunReading> readings) {
        boolean ordered =
                readings.stream().anyMatch(reading -> reading.origin().order().isPresent());
        Function<RunReading, Optional<Map<String, String>>> textsOf =
                reading -> ordered ? withOrder(reading) : texts(reading);
        List<Map<String, String>> all =
                readings.stream().map(textsOf).flatMap(Optional::stream).toList();
        List<String> keys = List.copyOf(Differences.keysOfThoseThatHaveThem(all));
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        List<String> headings = new ArrayList<>(List.of("run"));
        headings.addAll(keys);
        List<List<Entry>> rows = readings.stream()
                .map(reading -> row(reading, textsOf.apply(reading), keys))
                .toList();
        return Optional.of(
                new Sheet(Map.of("table", "settings that differ"), headings, rows, "all other settings are the same"));
    }

    private static Optional<Map<String, String>> withOrder(RunReading reading) {
        return texts(reading).map(texts -> {
            Map<String, String> all = new LinkedHashMap<>(texts);
            all.put(ImageOrigin.ORDERED_BY, reading.origin().orderedBy());
            return all;
        });
    }

    private static List<Entry> row(RunReading reading, Optional<Map<String, String>> texts, List<String> keys) {
        List<Entry> row = new ArrayList<>(List.of(Entry.text(reading.name())));
        keys.forEach(key ->
                row.add(texts.map(values -> values.get(key)).map(Entry::text).orElse(Entry.nothing())));
        return row;
    }

    /** All settings of a run. */
    static List<Fact> all(RunReading reading) {
        return texts(reading).stream()
                .flatMap(texts -> texts.entrySet().stream())
                .map(setting -> new Fact(setting.getKey(), setting.getValue()))
                .toList();
    }

    /** Those of a set that was imported are not of how it was condensed, which nobody knows. */
    private static Optional<Map<String, String>> texts(RunReading reading) {
        return reading.config().map(config -> {
            Map<String, String> texts = new LinkedHashMap<>(Settings.texts(config));
            if (reading.origin().imported().isPresent()) {
                Set<String> condensing =
                        new HashSet<>(Settings.texts(config.condensing()).keySet());
                condensing.addAll(Settings.keys(MethodConfig.class));
                Set<String> others = config.evaluating().shaping().keySet();
                texts.keySet()
                        .removeIf(key -> condensing.contains(key) && !others.contains(key) && !OF_SET.contains(key));
            }
            return texts;
        });
    }
}
