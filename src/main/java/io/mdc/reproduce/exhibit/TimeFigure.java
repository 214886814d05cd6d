package io.mdc.reproduce.exhibit;

import io.mdc.paper.PaperCell;
import io.mdc.paper.PaperId;
import io.mdc.paper.PaperTable;
import io.mdc.paper.PaperTables;
import io.mdc.report.chart.Line;
import io.mdc.report.chart.LineChart;
import io.mdc.report.chart.Picture;
import io.mdc.report.chart.Theme;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Need;
import io.mdc.reproduce.plan.Recipe;
import io.mdc.reproduce.plan.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Average accuracy over all sizes against the time of condensing, with and without the method (Figure 4). */
record TimeFigure() implements Content {
    private static final Block BLOCK = new Block("CIFAR-10", 10);
    private static final Map<String, Recipe> METHODS = methods();
    private static final int SEED = 0;

    private static Map<String, Recipe> methods() {
        Map<String, Recipe> methods = new LinkedHashMap<>();
        methods.put("IDC", TableRows.IDC);
        methods.put("Ours", TableRows.OURS);
        return methods;
    }

    /** A place on a line: seconds, and percent. */
    private record Point(double seconds, double accuracy) {}

    @Override
    public List<Need> needs(Setup setup) {
        return METHODS.values().stream()
                .flatMap(recipe -> source(recipe, Sources.During.LAST).needs(place(setup)).stream())
                .toList();
    }

    @Override
    public Optional<Picture> picture(Setup setup, Findings findings, Theme theme) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<String, Recipe> method : METHODS.entrySet()) {
            List<Point> points = points(method.getValue(), setup, findings);
            if (!points.isEmpty()) {
                lines.add(new Line(
                        method.getKey(),
                        points.stream().mapToDouble(Point::seconds).toArray(),
                        points.stream().mapToDouble(Point::accuracy).toArray(),
                        null,
                        lines.size(),
                        false));
            }
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new LineChart(
                        setup.dataset().orElse(BLOCK.dataset()) + ", 10 images per class",
                        "seconds of condensing",
                        "average accuracy over sizes 1 to 10 in %, "
                                + findings.kind().label(),
                        lines,
                        theme));
    }

    @Override
    public List<Sheet> sheets(Setup setup, Findings findings) throws IOException {
        List<Point> idc = points(METHODS.get("IDC"), setup, findings);
        List<List<Entry>> rows = new ArrayList<>();
        PaperTable paper = PaperTables.read(PaperId.FIGURE_4);
        for (Map.Entry<String, Recipe> method : METHODS.entrySet()) {
            Map<String, PaperCell> cells = paper.rows().get(List.of(BLOCK.dataset(), "10", method.getKey()));
            rows.add(List.of(
                    Entry.text(method.getKey()),
                    Entry.text("paper"),
                    hours(cells.get("hours")),
                    hours(cells.get("hours-to-match")),
                    cells.containsKey("percent-saved")
                            ? Entry.figure(cells.get("percent-saved").value().doubleValue())
                            : Entry.nothing(),
                    Entry.nothing()));
            List<Point> points = points(method.getValue(), setup, findings);
            if (!points.isEmpty()) {
                rows.add(measured(method.getKey(), points, idc));
            }
        }
        Map<String, String> labels =
                PaperSheets.labels("Figure 4, " + setup.dataset().orElse(BLOCK.dataset()), setup);
        labels.put(PaperSheets.ACCURACY, findings.kind().label());
        return List.of(new Sheet(
                labels,
                List.of("method", "from", "seconds", "seconds to match IDC", "percent saved", "average"),
                rows,
                paper.title() + " (" + paper.place() + "); to match: until the average accuracy is that of IDC at its"
                        + " end; here: seconds of a run of its family, its own work and its share of what is common, "
                        + findings.kind().meaning()));
    }

    private static List<Entry> measured(String name, List<Point> points, List<Point> idc) {
        Point last = points.get(points.size() - 1);
        OptionalDouble match = idc.isEmpty()
                ? OptionalDouble.empty()
                : points.stream()
                        .filter(point ->
                                point.accuracy() >= idc.get(idc.size() - 1).accuracy())
                        .mapToDouble(Point::seconds)
                        .findFirst();
        boolean other = !name.equals("IDC") && match.isPresent();
        return List.of(
                Entry.text(name),
                Entry.text("here"),
                Entry.figure(last.seconds()),
                other ? Entry.figure(match.getAsDouble()) : Entry.nothing(),
                other
                        ? Entry.figure(100
                                * (1
                                        - match.getAsDouble()
                                                / idc.get(idc.size() - 1).seconds()))
                        : Entry.nothing(),
                Entry.figure(last.accuracy()));
    }

    private static Entry hours(PaperCell cell) {
        return cell == null ? Entry.nothing() : Entry.figure(3600 * cell.value().doubleValue());
    }

    /** Those at which all sizes were measured. */
    private static List<Point> points(Recipe recipe, Setup setup, Findings findings) throws IOException {
        List<Point> points = new ArrayList<>();
        Place place = place(setup);
        for (int loop : Sources.During.LOOPS) {
            Sources.During source = source(recipe, loop);
            OptionalDouble seconds = source.seconds(place, findings);
            double sum = 0;
            int measured = 0;
            for (int size : place.sizes()) {
                OptionalDouble mean = source.figures(place, size, findings).stream()
                        .mapToDouble(Double::doubleValue)
                        .average();
                sum += mean.orElse(0);
                measured += mean.isPresent() ? 1 : 0;
            }
            if (seconds.isPresent() && measured == place.sizes().size()) {
                points.add(new Point(seconds.getAsDouble(), sum / measured));
            }
        }
        return points;
    }

    private static Sources.During source(Recipe recipe, int loop) {
        return new Sources.During(recipe, loop);
    }

    private static Place place(Setup setup) {
        return new Place(
                setup,
                BLOCK,
                SEED,
                IntStream.rangeClosed(1, BLOCK.ipc()).boxed().toList());
    }
}
