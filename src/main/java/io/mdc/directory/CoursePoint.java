package io.mdc.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Statistic;
import java.nio.file.Path;
import java.util.List;

/**
 * A line of {@code course.jsonl}: how well a prefix of the images trained a network at the end of an outer loop.
 *
 * @param outer outer loop, from 1; 0 of a run that has none
 * @param innerLoops inner loops of the run by then
 * @param seconds of condensing by then, those of {@code metrics.jsonl} together
 * @param network name of the architecture or file
 * @param size stored images per class in the prefix
 * @param epochs the network was trained for
 * @param last accuracy after the last epoch
 * @param bestOfFour as in {@code evaluation.json}
 * @param best whether the images were kept as the best so far of this size
 * @param set SHA-256 of the images
 */
public record CoursePoint(
        int outer,
        @JsonProperty("inner_loops") long innerLoops,
        double seconds,
        String network,
        int size,
        int epochs,
        Statistic last,
        @JsonProperty("best_of_four") Statistic bestOfFour,
        boolean best,
        String set) {

    /** That of a network trained on a prefix at the end of an outer loop. */
    public static CoursePoint of(
            PrefixResult result, int outer, long innerLoops, double seconds, boolean best, String set) {
        return new CoursePoint(
                outer,
                innerLoops,
                seconds,
                result.network(),
                result.size(),
                result.epochs(),
                result.last(),
                result.bestOfFour(),
                best,
                set);
    }

    /**
     * The lines of a file that can be read; none if there is no file.
     *
     * @throws io.mdc.base.DataException if the file cannot be read at all
     */
    public static List<CoursePoint> readAll(Path file) {
        return JsonLines.read(file, CoursePoint.class);
    }
}
