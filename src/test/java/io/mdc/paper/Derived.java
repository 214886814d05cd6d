package io.mdc.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/** The cells of a table that follow from others, and what they should be. */
final class Derived {
    private static final String AVERAGE = "average";
    private static final String DIFFERENCE = "difference";

    private final Map<List<String>, Map<String, PaperCell>> rows;
    private final Map<PaperCell, Double> expected = new LinkedHashMap<>();

    private Derived(PaperTable table) {
        rows = table.rows();
    }

    /** Computes them. */
    static Map<PaperCell, Double> of(PaperTable table) {
        Derived derived = new Derived(table);
        for (Map<String, PaperCell> row : derived.rows.values()) {
            derived.expect(row.get(AVERAGE), mean(row, size -> true));
            derived.expect(row.get("unnamed"), mean(row, size -> size <= 10));
        }
        switch (table.id()) {
            case TABLE_1A, TABLE_1B, TABLE_1C, TABLE_4, TABLE_9 -> derived.differencesTo("C");
            case TABLE_2A, TABLE_2B -> derived.differencesTo("Ours");
            case TABLE_6 -> derived.runs();
            case TABLE_7 -> derived.distances();
            case FIGURE_4 -> derived.time();
            default -> {}
        }
        return derived.expected;
    }

    private void expect(PaperCell cell, OptionalDouble value) {
        if (cell != null && value.isPresent()) {
            expected.put(cell, value.getAsDouble());
        }
    }

    private static OptionalDouble mean(Map<String, PaperCell> row, IntPredicate counts) {
        return row.keySet().stream()
                .filter(column -> column.matches("\\d+") && counts.test(Integer.parseInt(column)))
                .mapToDouble(column -> value(row, column))
                .average();
    }

    private static double value(Map<String, PaperCell> row, String column) {
        return row.get(column).value().doubleValue();
    }

    private void differencesTo(String method) {
        rows.forEach((key, row) -> {
            List<String> other = new ArrayList<>(key);
            other.set(key.size() - 1, method);
            difference(row, value(rows.get(other), AVERAGE));
        });
    }

    private void difference(Map<String, PaperCell> row, double other) {
        expect(row.get(DIFFERENCE), OptionalDouble.of(value(row, AVERAGE) - other));
    }

    private void runs() {
        Optional<PaperCell> c = PaperTables.read(PaperId.TABLE_1A).cell("CIFAR-10", "10", "C", AVERAGE);
        double baseline = c.orElseThrow().value().doubleValue();
        rows.values().forEach(row -> difference(row, baseline));
        expect(
                row(AVERAGE).get(AVERAGE),
                rows.keySet().stream()
                        .map(key -> key.get(2))
                        .filter(run -> !run.equals(AVERAGE))
                        .mapToDouble(run -> value(row(run), AVERAGE))
                        .average());
    }

    private void distances() {
        for (String size : row("1").keySet()) {
            double difference = value(row("1"), size) - value(row("50"), size);
            expect(row(DIFFERENCE).get(size), OptionalDouble.of(difference));
            expect(row("rate").get(size), OptionalDouble.of(difference / 50));
        }
    }

    private void time() {
        double share = value(row("Ours"), "hours-to-match") / value(row("IDC"), "hours");
        expect(row("Ours").get("percent-saved"), OptionalDouble.of(100 * (1 - share)));
    }

    private Map<String, PaperCell> row(String key) {
        return rows.get(List.of("CIFAR-10", "10", key));
    }
}
