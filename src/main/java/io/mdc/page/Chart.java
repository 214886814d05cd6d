package io.mdc.page;

import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lines over two axes.
 *
 * @param title above them
 * @param description what they show, in a sentence
 * @param xTitle what goes to the right
 * @param yTitle what goes up
 * @param series at least one; copied
 */
public record Chart(String title, String description, String xTitle, String yTitle, List<Series> series) {
    /** Where numbers are from. */
    public enum Origin {
        /** Measured in the runs. */
        HERE,
        /** Printed in the paper. */
        PAPER
    }

    /**
     * A place on a line.
     *
     * @param deviation standard deviation of y, 0 if there is none
     */
    public record Point(double x, double y, double deviation) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is not finite or the deviation is negative
         */
        public Point {
            if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(deviation) || deviation < 0) {
                throw new IllegalArgumentException("no point of a chart: " + x + ", " + y + " ± " + deviation);
            }
        }

        /** A point without deviation. */
        Point(double x, double y) {
            this(x, y, 0);
        }
    }

    /**
     * A line.
     *
     * @param name in the legend
     * @param origin where its numbers are from
     * @param kind what tells it from others, such as the place of its run; lines of a kind look alike in all charts
     * @param points at least one, by ascending x; copied
     */
    public record Series(String name, Origin origin, int kind, List<Point> points) {
        /**
         * Copies the points.
         *
         * @throws IllegalArgumentException if there is none, or the kind is negative
         */
        public Series {
            points = List.copyOf(points);
            if (points.isEmpty() || kind < 0) {
                throw new IllegalArgumentException(name + ": a line without points");
            }
        }
    }

    /**
     * Copies the lines.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Chart {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException(title + ": a chart without lines");
        }
    }

    /** Its numbers, a row for every place to the right and a column for every line. */
    public Sheet numbers() {
        List<String> headings = new ArrayList<>(List.of(xTitle));
        series.forEach(line -> headings.add(line.name()));
        List<List<Entry>> rows = series.stream()
                .flatMap(line -> line.points().stream())
                .map(Point::x)
                .distinct()
                .sorted()
                .map(this::row)
                .toList();
        return new Sheet(Map.of("chart", title), headings, rows, yTitle);
    }

    private List<Entry> row(double x) {
        List<Entry> row = new ArrayList<>(List.of(Entry.text(Numbers.text(x))));
        for (Series line : series) {
            row.add(line.points().stream()
                    .filter(point -> point.x() == x)
                    .findFirst()
                    .map(Chart::entry)
                    .orElse(Entry.nothing()));
        }
        return row;
    }

    private static Entry entry(Point point) {
        String deviation = point.deviation() == 0 ? "" : " ± " + Numbers.text(point.deviation());
        return Entry.text(Numbers.text(point.y()) + deviation);
    }
}
