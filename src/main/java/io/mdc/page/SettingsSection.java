package io.mdc.page;

import io.mdc.config.RunConfig;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.setting.Differences;
import io.mdc.setting.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of runs, and those in which they differ. */
final class SettingsSection {
    private SettingsSection() {}

    /** A row per run with the settings that are not the same in all; empty if there are none. */
    static Optional<Sheet> differing(List<RunReading> readings) {
        List<String> keys = List.copyOf(Differences.keys(readings.stream()
                .flatMap(reading -> reading.config().stream())
                .map(SettingsSection::texts)
                .toList()));
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        List<String> headings = new ArrayList<>(List.of("run"));
        headings.addAll(keys);
        List<List<Entry>> rows =
                readings.stream().map(reading -> row(reading, keys)).toList();
        return Optional.of(
                new Sheet(Map.of("table", "settings that differ"), headings, rows, "all other settings are the same"));
    }

    private static List<Entry> row(RunReading reading, List<String> keys) {
        List<Entry> row = new ArrayList<>(List.of(Entry.text(reading.name())));
        Optional<Map<String, String>> texts = reading.config().map(SettingsSection::texts);
        keys.forEach(
                key -> row.add(texts.map(values -> Entry.text(values.get(key))).orElse(Entry.nothing())));
        return row;
    }

    /** All settings of a run. */
    static List<Fact> all(RunReading reading) {
        return reading.config().stream()
                .flatMap(config -> texts(config).entrySet().stream())
                .map(setting -> new Fact(setting.getKey(), setting.getValue()))
                .toList();
    }

    private static Map<String, String> texts(RunConfig config) {
        return Settings.texts(config);
    }
}
