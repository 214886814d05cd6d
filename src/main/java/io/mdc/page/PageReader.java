package io.mdc.page;

import io.mdc.directory.Circumstances;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.Comparison;
import io.mdc.evaluate.PrefixResult;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a page of run directories. */
public final class PageReader {
    private PageReader() {}

    /**
     * What there is to be seen of runs now.
     *
     * @param runs at least one
     * @throws IOException if a log is there and cannot be read at all
     */
    public static Page read(List<RunDirectory> runs) throws IOException {
        Function<String, String> names =
                ComparisonTable.names(runs.stream().map(PageReader::path).toList());
        List<RunReading> readings = new ArrayList<>();
        for (RunDirectory run : runs) {
            readings.add(RunReading.of(run, names.apply(path(run))));
        }
        return new Page(
                title(readings),
                summary(readings),
                readings.stream().map(RunSection::of).toList(),
                SettingsSection.differing(readings),
                AccuracySection.of(readings, names),
                LossSection.of(readings),
                CourseSection.of(readings),
                TimingSection.of(readings));
    }

    private static String path(RunDirectory run) {
        return run.path().toString();
    }

    private static String title(List<RunReading> readings) {
        return readings.size() == 1
                ? "Run " + readings.get(0).name()
                : readings.size() + " runs: "
                        + readings.stream().limit(3).map(RunReading::name).collect(Collectors.joining(", "))
                        + (readings.size() > 3 ? ", …" : "");
    }

    private static String summary(List<RunReading> readings) {
        String what = readings.stream()
                .flatMap(reading -> reading.config().stream())
                .map(config ->
                        config.data().dataset() + " with " + config.synthetic().ipc() + " images per class")
                .distinct()
                .collect(Collectors.joining(", "));
        String who = readings.size() == 1 ? made(readings.get(0)) : readings.size() + " runs side by side";
        return who + (what.isEmpty() ? "" : " on " + what) + ", " + states(readings)
                + best(readings)
                        .map(best -> ": "
                                + (readings.size() == 1
                                        ? "networks trained on its prefixes reach on average "
                                        : "the best on average is " + names(readings, best.run()) + " with ")
                                + String.format(Locale.ROOT, "%.1f", best.average(PrefixResult::last))
                                + " % over " + best.results().size()
                                + (best.results().size() == 1 ? " size" : " sizes"))
                        .orElse(", not evaluated yet")
                + ".";
    }

    private static String made(RunReading reading) {
        return reading.circumstances()
                .flatMap(Circumstances::imported)
                .map(file -> "A set imported from " + file)
                .orElseGet(() -> "A run of "
                        + reading.config()
                                .map(config -> TextForm.format(config.method().method()))
                                .orElse("unknown settings"));
    }

    private static String names(List<RunReading> readings, String path) {
        return readings.stream()
                .filter(reading -> path(reading.run()).equals(path))
                .map(RunReading::name)
                .findFirst()
                .orElse(path);
    }

    private static String states(List<RunReading> readings) {
        if (readings.size() == 1) {
            return TextForm.format(readings.get(0).state());
        }
        return readings.stream()
                .map(RunReading::state)
                .sorted()
                .distinct()
                .map(state -> readings.stream()
                                .filter(reading -> reading.state() == state)
                                .count()
                        + " " + TextForm.format(state))
                .collect(Collectors.joining(", "));
    }

    /** By the network and protocol that were measured first. */
    private static Optional<Comparison.Row> best(List<RunReading> readings) {
        return Comparison.of(readings.stream()
                        .flatMap(reading -> reading.evaluation().stream())
                        .toList())
                .stream()
                .findFirst()
                .flatMap(comparison -> comparison.rows().stream()
                        .max(Comparator.comparingDouble(row -> row.average(PrefixResult::last))));
    }
}
