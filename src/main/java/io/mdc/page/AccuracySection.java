package io.mdc.page;

import io.mdc.evaluate.Comparison;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.Protocol;
import io.mdc.report.sheet.Sheet;
import io.mdc.robust.RobustEvaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Accuracies of networks trained on prefixes, the paper's beside them where it has the same. */
final class AccuracySection {
    private AccuracySection() {}

    /** What was measured of the runs; empty lists if nothing was. */
    static Page.Accuracy of(List<RunReading> readings, Function<String, String> names) {
        List<Evaluation> evaluations = readings.stream()
                .flatMap(reading -> reading.evaluation().stream())
                .toList();
        Map<PaperCurves, List<RunReading>> paper = evaluations.isEmpty() ? Map.of() : paper(readings);
        List<Comparison> comparisons = Comparison.of(evaluations);
        List<Protocol> protocols =
                comparisons.stream().map(Comparison::protocol).distinct().toList();
        List<Chart> charts = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            List<Chart.Series> lines = new ArrayList<>(comparison.rows().stream()
                    .map(row -> line(row, readings, names))
                    .toList());
            for (PaperCurves curves : paperOf(comparison, paper)) {
                lines.addAll(curves.lines(
                        readings.size() + lines.size() - comparison.rows().size(), paper.size() == 1));
            }
            String protocol = String.join(
                    "",
                    AccuracyTexts.protocol(protocols, protocols.indexOf(comparison.protocol()))
                            .values());
            charts.add(new Chart(
                    "Accuracy of " + comparison.network() + " over prefix size",
                    "After the last epoch, on " + comparison.protocol().testImages() + " real test images"
                            + (protocol.isEmpty() ? "." : "; protocol " + protocol + "."),
                    "images per class in the prefix",
                    "accuracy in %",
                    lines));
        }
        return new Page.Accuracy(
                charts,
                evaluations.isEmpty() ? List.of() : ComparisonTable.of(evaluations, names),
                paper.keySet().stream().map(PaperCurves::sheet).toList(),
                scale(paper),
                real(readings, names));
    }

    /** What the paper has of the runs that are compared, by the network that is trained. */
    private static List<PaperCurves> paperOf(Comparison comparison, Map<PaperCurves, List<RunReading>> paper) {
        Set<String> runs = comparison.rows().stream().map(Comparison.Row::run).collect(Collectors.toSet());
        return paper.entrySet().stream()
                .filter(curves -> curves.getKey().network().equals(comparison.network()))
                .filter(curves -> curves.getValue().stream()
                        .anyMatch(reading -> runs.contains(reading.run().path().toString())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<Sheet> real(List<RunReading> readings, Function<String, String> names) {
        List<RobustEvaluation> comparisons = readings.stream()
                .flatMap(reading -> reading.comparison().stream())
                .toList();
        return comparisons.isEmpty()
                ? List.of()
                : RobustTable.of(comparisons, readings.size() == 1 ? Optional.empty() : Optional.of(names));
    }

    private static Map<PaperCurves, List<RunReading>> paper(List<RunReading> readings) {
        Map<PaperCurves, List<RunReading>> paper = new LinkedHashMap<>();
        for (RunReading reading : readings) {
            reading.config().flatMap(PaperCurves::of).ifPresent(curves -> paper.computeIfAbsent(
                            curves, any -> new ArrayList<>())
                    .add(reading));
        }
        return paper;
    }

    private static String scale(Map<PaperCurves, List<RunReading>> paper) {
        Map<String, List<String>> byDifferences = new LinkedHashMap<>();
        paper.forEach((curves, readings) -> readings.forEach(reading -> byDifferences
                .computeIfAbsent(differences(curves, reading), any -> new ArrayList<>())
                .add(reading.name())));
        String scales = byDifferences.entrySet().stream()
                .map(runs -> String.join(", ", runs.getValue()) + ": "
                        + (runs.getKey().isEmpty() ? "no setting of the scale differs" : runs.getKey()))
                .collect(Collectors.joining("; "));
        return scales.isEmpty()
                ? ""
                : (byDifferences.keySet().equals(Set.of(""))
                                ? ""
                                : "the scale differs, so compare shapes, not heights. ")
                        + scales;
    }

    private static String differences(PaperCurves curves, RunReading reading) {
        return reading.origin().imported().isPresent()
                ? "imported, of an unknown scale"
                : curves.differences(reading.config().orElseThrow(), reading.evaluation());
    }

    private static Chart.Series line(Comparison.Row row, List<RunReading> readings, Function<String, String> names) {
        String name = names.apply(row.run());
        return new Chart.Series(
                name,
                Chart.Origin.HERE,
                readings.stream().map(RunReading::name).toList().indexOf(name),
                row.results().stream()
                        .map(result -> new Chart.Point(
                                result.size(),
                                result.last().mean(),
                                result.last().std()))
                        .toList());
    }
}
