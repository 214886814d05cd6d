package io.mdc.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over two axes. */
public final class LineChart implements Picture {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 480;
    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.CROSS,
            SeriesMarkers.TRIANGLE_DOWN);

    private final XYChart chart;

    /**
     * A chart.
     *
     * @param title above it
     * @param xTitle below
     * @param yTitle beside
     * @param lines at least one
     */
    public LineChart(String title, String xTitle, String yTitle, List<Line> lines, Theme theme) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        style(chart.getStyler(), theme);
        lines.forEach(line -> add(line, theme));
    }

    private void add(Line line, Theme theme) {
        XYSeries series = chart.addSeries(line.name(), line.x(), line.y(), line.deviations());
        Color colour = theme.series(line.kind());
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setMarker(line.dashed() ? SeriesMarkers.NONE : MARKERS.get(line.kind() % MARKERS.size()));
        series.setLineStyle(
                line.dashed()
                        ? new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0)
                        : new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static void style(XYStyler styler, Theme theme) {
        styler.setChartBackgroundColor(theme.background());
        styler.setPlotBackgroundColor(theme.background());
        styler.setLegendBackgroundColor(theme.background());
        styler.setLegendBorderColor(theme.background());
        styler.setChartTitleBoxBackgroundColor(theme.background());
        styler.setChartTitleBoxBorderColor(theme.background());
        styler.setChartFontColor(theme.foreground());
        styler.setAxisTickLabelsColor(theme.foreground());
        styler.setAxisTickMarksColor(theme.foreground());
        styler.setPlotBorderColor(theme.foreground());
        styler.setPlotGridLinesColor(theme.grid());
        styler.setErrorBarsColor(theme.foreground());
        styler.setErrorBarsColorSeriesColor(true);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setMarkerSize(7);
        styler.setAxisTitlesVisible(true);
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public void paint(Graphics2D to) {
        chart.paint(to, WIDTH, HEIGHT);
    }
}
