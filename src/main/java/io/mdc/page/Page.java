package io.mdc.page;

import io.mdc.report.sheet.Sheet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a report shows of one run or of several side by side.
 *
 * @param title of the page
 * @param summary one sentence
 * @param runs at least one; copied
 * @param differing settings in which runs differ, a row per run; empty if they do not
 * @param accuracy of networks trained on prefixes
 * @param losses over the outer loops; copied
 * @param course accuracies over the time of condensing; copied
 * @param timings a row per run
 */
public record Page(
        String title,
        String summary,
        List<RunView> runs,
        Optional<Sheet> differing,
        Accuracy accuracy,
        List<Chart> losses,
        List<Chart> course,
        Sheet timings) {
    /**
     * How well prefixes train networks.
     *
     * @param charts accuracy over prefix size, one for each network and protocol; copied
     * @param tables the same with deviations, average and difference to the first run; copied
     * @param paper the paper's rows of the same data set and images per class; copied
     * @param scale how the paper's settings differ from those here; empty if there are no rows of the paper
     * @param real sets beside random and all real images, of runs that were so compared; copied
     */
    public record Accuracy(List<Chart> charts, List<Sheet> tables, List<Sheet> paper, String scale, List<Sheet> real) {
        /** Copies the lists. */
        public Accuracy {
            charts = List.copyOf(charts);
            tables = List.copyOf(tables);
            paper = List.copyOf(paper);
            real = List.copyOf(real);
            Objects.requireNonNull(scale);
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no run, or the timings are not of as many runs
     */
    public Page {
        Objects.requireNonNull(title);
        Objects.requireNonNull(summary);
        runs = List.copyOf(runs);
        losses = List.copyOf(losses);
        course = List.copyOf(course);
        if (runs.isEmpty() || timings.rows().size() != runs.size()) {
            throw new IllegalArgumentException(
                    "a page of " + runs.size() + " runs and " + timings.rows().size() + " timings");
        }
    }

    /** All tables, for those who read no page. */
    public List<Sheet> tables() {
        return Stream.of(differing.stream(), accuracy.tables().stream(), accuracy.real().stream(), Stream.of(timings))
                .flatMap(sheets -> sheets)
                .toList();
    }
}
