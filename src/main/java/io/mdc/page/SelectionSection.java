package io.mdc.page;

import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.subset.Metric;
import io.mdc.task.MlsEvent;
import io.mdc.task.SubsetLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Selections of the most learnable subset of a run, and the distances they were made by. */
final class SelectionSection {
    private static final int LINES = 9;
    private static final int COLUMNS = 30;

    private SelectionSection() {}

    /** A line per prefix, of some of them if there are many; empty if nothing was measured. */
    static Optional<Chart> distances(RunReading reading) {
        int prefixes = reading.selections().stream()
                .mapToInt(event -> event.distance().size())
                .max()
                .orElse(0);
        Metric metric = reading.config().map(config -> config.subset().metric()).orElse(Metric.FEATURE);
        int lines = Math.min(LINES, prefixes);
        List<Chart.Series> series = IntStream.range(0, lines)
                .mapToObj(line -> line(reading, lines == 1 ? 0 : line * (prefixes - 1) / (lines - 1), line))
                .flatMap(Optional::stream)
                .toList();
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chart(
                        "Mean " + metric.title() + " of every prefix",
                        metric.explained() + ", mean over classes" + chosen(reading) + "."
                                + (prefixes > lines ? " " + series.size() + " of " + prefixes + " prefixes." : ""),
                        "outer loop",
                        metric.unit(),
                        series));
    }

    /** How it makes the subset, if it does. */
    private static String chosen(RunReading reading) {
        return reading.config()
                .filter(config -> config.condensing().subsetLoss() == SubsetLoss.ADAPTIVE)
                .map(config -> "; " + config.subset().selection().explained())
                .orElse("");
    }

    private static Optional<Chart.Series> line(RunReading reading, int prefix, int kind) {
        return Lines.here(
                prefix == 0 ? "1 image" : prefix + 1 + " images",
                kind,
                Lines.means(reading.selections().stream()
                        .filter(event -> event.distance().size() > prefix)
                        .map(event ->
                                new double[] {event.outer(), event.distance().get(prefix)})
                        .toList()));
    }

    /** Of a subset that all classes share; empty if there is none. */
    static Optional<Timeline> timeline(RunReading reading) {
        List<MlsEvent> events = reading.selections().stream()
                .filter(event -> event.label() == null)
                .toList();
        if (events.isEmpty()) {
            return Optional.empty();
        }
        int end = Math.max(reading.begun(), events.get(events.size() - 1).outer() + 1);
        List<Timeline.Span> spans = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            MlsEvent event = events.get(i);
            int until = i + 1 < events.size() ? events.get(i + 1).outer() : end;
            if (event.outer() >= 0 && until > event.outer() && until <= end && event.frozen() <= event.selected()) {
                spans.add(new Timeline.Span(event.outer(), until, event.selected(), event.frozen()));
            }
        }
        int most = spans.stream().mapToInt(Timeline.Span::selected).max().orElse(1);
        int images = reading.config().map(config -> config.synthetic().ipc()).orElse(most);
        return spans.isEmpty() ? Optional.empty() : Optional.of(new Timeline(Math.max(images, most), end, spans));
    }

    /** Sizes of the subset of each class, at some loops if there are many; empty if all classes share one. */
    static Optional<Sheet> byClass(RunReading reading) {
        List<MlsEvent> events = reading.selections().stream()
                .filter(event -> event.label() != null)
                .toList();
        List<Integer> loops =
                events.stream().map(MlsEvent::outer).distinct().sorted().toList();
        int every = 1 + (loops.size() - 1) / COLUMNS;
        List<Integer> shown = IntStream.range(0, loops.size())
                .filter(i -> i % every == 0)
                .mapToObj(loops::get)
                .toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        List<String> headings = new ArrayList<>(List.of("class"));
        shown.forEach(loop -> headings.add(loop.toString()));
        List<List<Entry>> rows = events.stream()
                .map(MlsEvent::label)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .map(label -> row(reading, events, label, shown))
                .toList();
        return Optional.of(new Sheet(
                Map.of("table", "subsets of each class"),
                headings,
                rows,
                "images in the subset selected after the outer loop above"
                        + (every > 1 ? ", one selection in " + every : "")));
    }

    private static List<Entry> row(RunReading reading, List<MlsEvent> events, int label, List<Integer> loops) {
        List<String> names = reading.circumstances().map(all -> all.classes()).orElse(List.of());
        List<Entry> row = new ArrayList<>();
        row.add(Entry.text(label >= 0 && label < names.size() ? names.get(label) : Integer.toString(label)));
        for (int loop : loops) {
            row.add(events.stream()
                    .filter(event -> event.outer() == loop && event.label() == label)
                    .findFirst()
                    .map(event -> Entry.count(event.selected()))
                    .orElse(Entry.nothing()));
        }
        return row;
    }
}
