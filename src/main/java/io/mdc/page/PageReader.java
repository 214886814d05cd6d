package io.mdc.page;

import io.mdc.directory.ImageOrigin;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.Comparison;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.setting.TextForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a page of run directories. */
public final class PageReader {
    private PageReader() {}

    /**
     * What there is to be seen of runs now.
     *
     * @param runs at least one
     */
    public static Page read(List<RunDirectory> runs) {
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
        return who + (what.isEmpty() ? "" : " on " + what) + ", " + states(readings) + measured(readings) + ".";
    }

    private static String measured(List<RunReading> readings) {
        List<Evaluation> evaluations = readings.stream()
                .flatMap(reading -> reading.evaluation().stream())
                .filter(evaluation -> !evaluation.results().isEmpty())
                .toList();
        if (evaluations.isEmpty()) {
            return ", not evaluated yet";
        } else if (readings.size() == 1) {
            return readings.get(0)
                    .lastMeasured()
                    .map(results -> ": networks trained on its prefixes reach on average " + average(results))
                    .orElse("");
        }
        return Comparison.of(evaluations).stream()
                .filter(comparison -> comparison.rows().size() == evaluations.size())
                .findFirst()
                .flatMap(comparison -> comparison.rows().stream()
                        .max(Comparator.comparingDouble(row -> row.average(PrefixResult::last))))
                .map(best ->
                        ": the best on average is " + names(readings, best.run()) + " with " + average(best.results()))
                .orElse("");
    }

    private static String average(List<PrefixResult> results) {
        double mean = results.stream()
                .mapToDouble(result -> result.last().mean())
                .average()
                .orElseThrow();
        return String.format(Locale.ROOT, "%.1f", mean) + " % over " + results.size()
                + (results.size() == 1 ? " size" : " sizes");
    }

    private static String made(RunReading reading) {
        ImageOrigin origin = reading.origin();
        String method = reading.config()
                .map(config -> TextForm.format(config.method().method()))
                .orElse("unknown settings");
        String condensed = (origin.joined().isEmpty() ? "run of " : "set joined of runs of ") + method;
        return origin.imported()
                        .map(source -> "A set imported from " + source.name())
                        .or(() -> origin.shard().map(shard -> "Shard " + shard + " of a " + condensed))
                        .orElse("A " + condensed)
                + origin.order().map(order -> " ordered by " + order.by()).orElse("");
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
}
