package io.mdc.page;

import io.mdc.condense.LoopMetrics;
import io.mdc.directory.Circumstances;
import io.mdc.report.Durations;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.setting.TextForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far runs are, and what time they took. */
final class TimingSection {
    private static final List<String> HEADINGS = List.of(
            "run",
            "state",
            "outer loops",
            "of",
            "inner loops",
            "ms per inner loop",
            "seconds",
            "time",
            "resumed",
            "started",
            "ended");
    private static final String NOTE =
            "inner loops as logged; seconds and time: wall time of condensing, evaluations during the run included,"
                    + " or of the logged loops while a run has no end; of a family, each run's own work and its share"
                    + " of what they have in common";

    private TimingSection() {}

    /** A row per run. */
    static Sheet of(List<RunReading> readings) {
        return new Sheet(
                Map.of("table", "state and time"),
                HEADINGS,
                readings.stream().map(TimingSection::row).toList(),
                NOTE);
    }

    private static List<Entry> row(RunReading reading) {
        Optional<Circumstances> circumstances = reading.circumstances();
        double loops = reading.loops().stream()
                .mapToDouble(LoopMetrics::seconds)
                .filter(Double::isFinite)
                .sum();
        boolean own = reading.origin().withoutLoops().isEmpty();
        boolean condensed = reading.origin().imported().isEmpty();
        double seconds = circumstances.map(Circumstances::seconds).orElse(loops);
        return List.of(
                Entry.text(reading.name()),
                Entry.text(TextForm.format(reading.state())),
                own ? Entry.count(reading.begun()) : Entry.nothing(),
                reading.config()
                        .filter(config -> own)
                        .map(config -> Entry.count(config.loop().outer()))
                        .orElse(Entry.nothing()),
                own ? Entry.count(reading.loops().size()) : Entry.nothing(),
                reading.loops().isEmpty()
                        ? Entry.nothing()
                        : Entry.figure(1000 * loops / reading.loops().size()),
                condensed ? Entry.figure(seconds) : Entry.nothing(),
                condensed
                        ? Entry.text(Durations.text(Duration.ofMillis(Math.max(0, Math.round(1000 * seconds)))))
                        : Entry.nothing(),
                circumstances.map(all -> Entry.count(all.resumed())).orElse(Entry.nothing()),
                circumstances.map(all -> Entry.text(all.started())).orElse(Entry.nothing()),
                circumstances.flatMap(Circumstances::ended).map(Entry::text).orElse(Entry.nothing()));
    }
}
