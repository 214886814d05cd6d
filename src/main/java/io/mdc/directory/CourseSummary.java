package io.mdc.directory;

import io.mdc.base.DataException;
import io.mdc.evaluate.CondensedSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the evaluations during a finished run come to.
 *
 * @param rows by size, for the network that the best were chosen by; none if there were no evaluations; copied
 */
public record CourseSummary(List<Row> rows) {
    /** Copies the list. */
    public CourseSummary {
        rows = List.copyOf(rows);
    }

    /**
     * A network on prefixes of a size.
     *
     * @param last those of the finished images; empty if they were not measured
     * @param best those that trained it best of all that were measured, chosen on the test set; empty if their images
     *     are not there any more
     */
    public record Row(String network, int size, Optional<CoursePoint> last, Optional<CoursePoint> best) {}

    /**
     * That of a run.
     *
     * @throws DataException if there were evaluations, but the condensed set is missing or damaged
     */
    public static CourseSummary of(RunDirectory run) {
        List<CoursePoint> points = CoursePoint.readAll(run.course());
        if (points.isEmpty()) {
            return new CourseSummary(List.of());
        }
        String finished = CondensedSet.read(run.synthetic()).sha256();
        BestSets best = BestSets.read(run.best(), points);
        return new CourseSummary(points.stream()
                .filter(CoursePoint::best)
                .map(point -> new Row(
                        point.network(),
                        point.size(),
                        points.stream()
                                .filter(last -> last.set().equals(finished)
                                        && last.size() == point.size()
                                        && last.network().equals(point.network()))
                                .reduce((first, second) -> second),
                        best.of(point.size()).filter(kept -> kept.network().equals(point.network()))))
                .distinct()
                .sorted(Comparator.comparingInt(Row::size))
                .toList());
    }
}
