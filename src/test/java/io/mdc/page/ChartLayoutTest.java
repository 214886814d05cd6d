package io.mdc.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartLayoutTest {
    private static Chart chart(double... ys) {
        List<Chart.Point> points = IntStream.range(0, ys.length)
                .mapToObj(i -> new Chart.Point(i + 1, ys[i], 0.5))
                .toList();
        return new Chart(
                "title", "description", "x", "y", List.of(new Chart.Series("line", Chart.Origin.HERE, 0, points)));
    }

    @Test
    void everythingIsWithinTheAxes() {
        for (double scale : new double[] {1e-9, 1, 1e9}) {
            ChartLayout layout = new ChartLayout(chart(3 * scale, -2 * scale, scale));
            for (ChartLayout.Tick tick : layout.up()) {
                double at = Double.parseDouble(tick.at());
                assertTrue(at >= ChartLayout.TOP && at <= ChartLayout.BOTTOM, tick::toString);
            }
            String[] numbers = layout.lines().get(0).path().substring(1).split("[L ]");
            for (int i = 1; i < numbers.length; i += 2) {
                double at = Double.parseDouble(numbers[i]);
                assertTrue(at >= ChartLayout.TOP && at <= ChartLayout.BOTTOM, numbers[i]);
            }
        }
    }

    @Test
    void sizesAreWholeAndOnePointIsEnough() {
        assertEquals(
                List.of("1", "2", "3"),
                new ChartLayout(chart(5, 6, 7))
                        .across().stream().map(ChartLayout.Tick::label).toList());
        ChartLayout one = new ChartLayout(chart(0));
        assertEquals(
                List.of("1"), one.across().stream().map(ChartLayout.Tick::label).toList());
        assertEquals(1, one.lines().get(0).marks().size());
    }

    @Test
    void linesDifferWithoutColour() {
        List<Chart.Point> points = List.of(new Chart.Point(1, 1, 0));
        List<String> looks = IntStream.range(0, 36)
                .mapToObj(kind -> new Chart.Series("line", Chart.Origin.HERE, kind, points))
                .map(line -> new ChartLayout(new Chart("t", "d", "x", "y", List.of(line)))
                        .lines()
                        .get(0))
                .map(line -> line.look() + line.sample())
                .distinct()
                .toList();
        assertEquals(36, looks.size());
    }

    @Test
    void numbersStandInATable() {
        assertEquals("5 ± 0.5", chart(5).numbers().rows().get(0).get(1).text());
        assertEquals("12346", Numbers.text(12345.6));
        assertEquals("0.001235", Numbers.text(0.00123456));
    }

    @Test
    void whatIsNoChartIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> chart(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> chart());
        assertThrows(IllegalArgumentException.class, () -> new Timeline.Span(3, 3, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Timeline(1, 4, List.of(new Timeline.Span(1, 4, 2, 0))));
    }
}
