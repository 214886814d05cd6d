package io.mdc.reproduce.exhibit;

import io.mdc.evaluate.Statistic;
import io.mdc.paper.PaperCell;
import io.mdc.report.chart.Line;
import io.mdc.report.chart.LineChart;
import io.mdc.report.chart.Picture;
import io.mdc.report.chart.Theme;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Need;
import io.mdc.reproduce.plan.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accuracy over the size of the prefix, a line a row of a table: the paper's dashed, those measured here drawn through
 * (Figure 2c).
 *
 * @param table whose rows they are
 * @param block data set and images per class, unless the table has rows of another data set that is asked for
 */
record SizeFigure(TableContent table, Block block) implements Content {
    @Override
    public boolean hasOwnSeeds() {
        return table.hasOwnSeeds();
    }

    @Override
    public List<Need> needs(Setup setup) {
        return table.needs(setup, List.of(part(setup)));
    }

    @Override
    public List<Sheet> sheets(Setup setup, Findings findings) throws IOException {
        return List.of(new PaperSheets(table, setup, findings).sheet(part(setup)));
    }

    @Override
    public Optional<Picture> picture(Setup setup, Findings findings, Theme theme) throws IOException {
        Part part = part(setup);
        PaperSheets sheets = new PaperSheets(table, setup, findings);
        List<Line> lines = new ArrayList<>();
        boolean any = false;
        for (int kind = 0; kind < part.rows().size(); kind++) {
            Row row = part.rows().get(kind);
            String name = String.join(" ", row.key().values());
            Figures here = Figures.of(row.source(), part, part.places(setup, row.seeds()), findings);
            if (here.any()) {
                lines.add(measured(name, here, kind));
                any = true;
            }
            lines.add(printed(name + " (paper)", part, sheets.cells(part, row), kind));
        }
        return any
                ? Optional.of(new LineChart(
                        sheets.labels(part).get("dataset") + ", " + part.block().ipc() + " images per class",
                        "images per class in the prefix",
                        "accuracy in %, here: " + findings.kind().label(),
                        lines,
                        theme))
                : Optional.empty();
    }

    private Part part(Setup setup) {
        List<Block> chosen = setup.chosen(table.blocks());
        return table.part(setup, chosen.contains(block) ? block : chosen.get(0));
    }

    private static Line measured(String name, Figures here, int kind) {
        List<Map.Entry<Integer, Statistic>> points = List.copyOf(here.bySize().entrySet());
        boolean several =
                points.stream().anyMatch(point -> point.getValue().runs().size() > 1);
        return new Line(
                name,
                points.stream().mapToDouble(Map.Entry::getKey).toArray(),
                points.stream().mapToDouble(point -> point.getValue().mean()).toArray(),
                several
                        ? points.stream()
                                .mapToDouble(point -> point.getValue().std())
                                .toArray()
                        : null,
                kind,
                false);
    }

    private static Line printed(String name, Part part, Map<String, PaperCell> cells, int kind) {
        List<Integer> sizes = part.sizes().stream()
                .filter(size -> cells.containsKey(size.toString()))
                .toList();
        return new Line(
                name,
                sizes.stream().mapToDouble(Integer::doubleValue).toArray(),
                sizes.stream()
                        .mapToDouble(size -> cells.get(size.toString()).value().doubleValue())
                        .toArray(),
                null,
                kind,
                true);
    }
}
