package io.mdc.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A plain-text table whose columns line up; columns of numbers are aligned to the right. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    /**
     * Creates a table without rows.
     *
     * @param headings one for each column
     */
    public Table(String... headings) {
        columns = headings.length;
        rows.add(List.of(headings));
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column; doubles are shown with one decimal, all else by its text
     * @return this table
     * @throws IllegalArgumentException if there are more or fewer cells than columns
     */
    public Table row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        rows.add(Arrays.stream(cells).map(Table::text).toList());
        return this;
    }

    /** Returns the headings, a rule and the rows, each line ending with a line feed. */
    @Override
    public String toString() {
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        String rule = Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining(GAP));
        List<String> lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.toList());
        lines.add(1, rule);
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private String line(List<String> row, int[] widths) {
        return IntStream.range(0, columns)
                .mapToObj(column -> pad(row.get(column), widths[column], isNumeric(column)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).map(row -> row.get(column)).allMatch(cell -> cell.matches("[-+]?[.\\d].*|-?"));
    }

    private static String pad(String cell, int width, boolean right) {
        String space = " ".repeat(width - cell.length());
        return right ? space + cell : cell + space;
    }

    private static String text(Object cell) {
        return cell instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : cell.toString();
    }
}
