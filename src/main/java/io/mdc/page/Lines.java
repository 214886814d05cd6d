package io.mdc.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes lines of what was measured. */
final class Lines {
    /** More points on one line cannot be told apart. */
    private static final int MOST = 60;

    private Lines() {}

    /** A measured line; empty if no point is of finite numbers. */
    static Optional<Chart.Series> here(String name, int kind, List<double[]> places) {
        List<Chart.Point> points = places.stream()
                .filter(place -> Double.isFinite(place[0]) && Double.isFinite(place[1]))
                .map(place -> new Chart.Point(place[0], place[1]))
                .toList();
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chart.Series(name, Chart.Origin.HERE, kind, thinned(points)));
    }

    /** Means of y over equal x, ascending. */
    static List<double[]> means(List<double[]> places) {
        return places.stream()
                .filter(place -> Double.isFinite(place[1]))
                .collect(Collectors.groupingBy(
                        place -> place[0], TreeMap::new, Collectors.averagingDouble(place -> place[1])))
                .entrySet()
                .stream()
                .map(mean -> new double[] {mean.getKey(), mean.getValue()})
                .toList();
    }

    /** Means of neighbours, at the last of them, where there are many. */
    private static List<Chart.Point> thinned(List<Chart.Point> points) {
        int group = 1 + (points.size() - 1) / MOST;
        List<Chart.Point> thinned = new ArrayList<>();
        for (int from = 0; from < points.size(); from += group) {
            List<Chart.Point> some = points.subList(from, Math.min(points.size(), from + group));
            thinned.add(new Chart.Point(
                    some.get(some.size() - 1).x(),
                    some.stream().mapToDouble(Chart.Point::y).average().orElseThrow()));
        }
        return thinned;
    }
}
