package io.mdc.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where everything of a chart is drawn, for its template. */
public final class ChartLayout {
    /** Width of a chart; it is shown as wide as there is place. */
    public static final int WIDTH = 440;
    /** Height of a chart. */
    public static final int HEIGHT = 270;
    /** Where lines begin. */
    public static final int LEFT = 46;
    /** Where lines end. */
    public static final int RIGHT = WIDTH - 12;
    /** The upper end of the vertical axis. */
    public static final int TOP = 12;
    /** The lower end of the vertical axis. */
    public static final int BOTTOM = HEIGHT - 42;

    private static final int COLOURS = 6;
    private static final int MARKED = 16;

    private final Chart chart;
    private final Ticks across;
    private final Ticks up;

    /** The layout of a chart. */
    public ChartLayout(Chart chart) {
        this.chart = chart;
        List<Chart.Point> points =
                chart.series().stream().flatMap(line -> line.points().stream()).toList();
        double least = points.stream().mapToDouble(Chart.Point::x).min().orElse(0);
        double most = points.stream().mapToDouble(Chart.Point::x).max().orElse(1);
        boolean whole = points.stream().allMatch(point -> point.x() == Math.rint(point.x()));
        across = Ticks.within(least, most, whole ? 1 : 0);
        up = Ticks.around(
                points.stream()
                        .mapToDouble(point -> point.y() - point.deviation())
                        .min()
                        .orElse(0),
                points.stream()
                        .mapToDouble(point -> point.y() + point.deviation())
                        .max()
                        .orElse(1));
    }

    /**
     * A number beside an axis.
     *
     * @param at coordinate along the axis
     */
    public record Tick(String at, String label) {}

    /**
     * A line and its marks.
     *
     * @param look names of the classes that its colour and dashes follow from
     * @param path of the line
     * @param marks a path for every mark
     * @param bars a path for all deviations; may be empty
     * @param sample a path for its mark in the legend
     */
    public record Drawn(String name, String look, String path, List<String> marks, String bars, String sample) {
        /** Copies the marks. */
        public Drawn {
            marks = List.copyOf(marks);
        }
    }

    /** What is drawn. */
    public Chart chart() {
        return chart;
    }

    /** Numbers below the chart. */
    public List<Tick> across() {
        return across.values().stream()
                .map(value -> new Tick(number(x(value)), Numbers.text(value)))
                .toList();
    }

    /** Numbers beside the chart. */
    public List<Tick> up() {
        return up.values().stream()
                .map(value -> new Tick(number(y(value)), Numbers.text(value)))
                .toList();
    }

    /** The lines in their order. */
    public List<Drawn> lines() {
        return chart.series().stream().map(this::drawn).toList();
    }

    private Drawn drawn(Chart.Series line) {
        int place = line.kind();
        int turn = place / COLOURS;
        List<Chart.Point> points = line.points();
        int every = 1 + (points.size() - 1) / MARKED;
        List<String> marks = new ArrayList<>();
        for (int i = place % every; i < points.size(); i += every) {
            marks.add(Marks.path(
                    place + turn, x(points.get(i).x()), y(points.get(i).y())));
        }
        return new Drawn(
                line.name(),
                "c" + place % COLOURS + " d" + (place + turn) % COLOURS
                        + (line.origin() == Chart.Origin.PAPER ? " paper" : ""),
                points.stream()
                        .map(point -> number(x(point.x())) + " " + number(y(point.y())))
                        .collect(Collectors.joining("L", "M", "")),
                marks,
                points.stream()
                        .filter(point -> point.deviation() > 0)
                        .map(this::bar)
                        .collect(Collectors.joining()),
                Marks.path(place + turn, 18, 7));
    }

    private String bar(Chart.Point point) {
        return "M" + number(x(point.x())) + " " + number(y(point.y() - point.deviation())) + "V"
                + number(y(point.y() + point.deviation()));
    }

    private double x(double value) {
        return LEFT + (value - across.from()) / (across.to() - across.from()) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - (value - up.from()) / (up.to() - up.from()) * (BOTTOM - TOP);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
