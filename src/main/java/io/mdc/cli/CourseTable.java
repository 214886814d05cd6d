package io.mdc.cli;

import io.mdc.directory.CoursePoint;
import io.mdc.directory.CourseSummary;
import io.mdc.directory.RunDirectory;
import io.mdc.page.AccuracyTexts;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What evaluations during a run came to: the finished images beside the best for each size. */
final class CourseTable {
    private static final List<String> HEADINGS =
            List.of("network", "size", "last", "best of the run", "outer loop", "seconds");
    private static final String NOTE =
            "last is the condensed set; the best of the run was chosen by accuracy on the test"
                    + " set, which is optimistic, was reached after that outer loop and so many seconds of condensing, and is"
                    + " in ";

    private CourseTable() {}

    /** A line per size and one for the average; empty if there were no evaluations during the run. */
    static Optional<Sheet> of(RunDirectory run) throws IOException {
        CourseSummary summary = CourseSummary.of(run);
        if (summary.rows().isEmpty()) {
            return Optional.empty();
        }
        List<List<Entry>> rows = new ArrayList<>();
        for (CourseSummary.Row row : summary.rows()) {
            rows.add(List.of(
                    Entry.text(row.network()),
                    Entry.count(row.size()),
                    entry(row.last(), point -> AccuracyTexts.entry(point.last())),
                    entry(row.best(), point -> AccuracyTexts.entry(point.last())),
                    entry(row.best(), point -> Entry.count(point.outer())),
                    entry(row.best(), point -> Entry.figure(point.seconds()))));
        }
        rows.add(List.of(
                Entry.text("average"),
                Entry.nothing(),
                average(summary, CourseSummary.Row::last),
                average(summary, CourseSummary.Row::best),
                Entry.nothing(),
                Entry.nothing()));
        return Optional.of(
                new Sheet(Map.of("run", "during the run, " + run.path()), HEADINGS, rows, NOTE + run.best()));
    }

    private static Entry entry(Optional<CoursePoint> point, Function<CoursePoint, Entry> shown) {
        return point.map(shown).orElse(Entry.nothing());
    }

    /** Over all sizes, if there is something of each. */
    private static Entry average(CourseSummary summary, Function<CourseSummary.Row, Optional<CoursePoint>> column) {
        if (summary.rows().stream().map(column).anyMatch(Optional::isEmpty)) {
            return Entry.nothing();
        }
        OptionalDouble mean = summary.rows().stream()
                .map(column)
                .mapToDouble(point -> point.orElseThrow().last().mean())
                .average();
        return Entry.figure(mean.orElseThrow());
    }
}
