package io.mdc.report.sheet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One table of results.
 *
 * @param labels what it is about, by kind, in the order they are shown; copied
 * @param headings one per column; copied
 * @param rows each with an entry per column; copied
 * @param note one line for people on how to read it
 */
public record Sheet(Map<String, String> labels, List<String> headings, List<List<Entry>> rows, String note) {
    /**
     * Checks the rows.
     *
     * @throws IllegalArgumentException if one has more or fewer entries than there are columns
     */
    public Sheet {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Entry> row : rows) {
            if (row.size() != headings.size()) {
                throw new IllegalArgumentException(row.size() + " entries for " + headings.size() + " columns");
            }
        }
    }

    /** What it is about in one line; empty if there is but one table. */
    public String title() {
        return String.join(", ", labels.values());
    }

    /** Whether a column holds numbers, as far as it holds anything. */
    public boolean isNumeric(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .allMatch(entry -> entry.isNothing() || entry.value().isPresent());
    }

    /** Whether something in a column is marked. */
    boolean hasMarks(int column) {
        return rows.stream().anyMatch(row -> !row.get(column).mark().isEmpty());
    }

    /** Whether a column holds means with their deviations. */
    boolean hasDeviations(int column) {
        return rows.stream().anyMatch(row -> row.get(column).deviation().isPresent());
    }
}
