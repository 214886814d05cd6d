package io.mdc.page;

import io.mdc.directory.CoursePoint;
import java.util.ArrayList;
import java.util.List;

/** Accuracies that were measured during runs, over the time of condensing. */
final class CourseSection {
    private CourseSection() {}

    /** A chart for one run with a line per size, or of averages with a line per run; none without points. */
    static List<Chart> of(List<RunReading> readings) {
        List<Chart.Series> lines = new ArrayList<>();
        for (int run = 0; run < readings.size(); run++) {
            RunReading reading = readings.get(run);
            List<CoursePoint> course = ofFirstNetwork(reading.course());
            if (readings.size() == 1) {
                course.stream().map(CoursePoint::size).distinct().sorted().forEach(size -> Lines.here(
                                "size " + size,
                                lines.size() + 1,
                                places(course.stream()
                                        .filter(point -> point.size() == size)
                                        .toList()))
                        .ifPresent(lines::add));
            }
            Lines.here(
                            readings.size() == 1 ? "average" : reading.name() + ", average over its sizes",
                            run,
                            Lines.means(places(course)))
                    .ifPresent(lines::add);
        }
        return lines.isEmpty()
                ? List.of()
                : List.of(new Chart(
                        "Accuracy over time",
                        "Networks trained on prefixes during the run; time is that of condensing alone.",
                        "seconds of condensing",
                        "accuracy in %",
                        lines));
    }

    private static List<CoursePoint> ofFirstNetwork(List<CoursePoint> course) {
        return course.stream()
                .filter(point -> point.network().equals(course.get(0).network()))
                .toList();
    }

    private static List<double[]> places(List<CoursePoint> course) {
        return course.stream()
                .map(point -> new double[] {point.seconds(), point.last().mean()})
                .toList();
    }
}
