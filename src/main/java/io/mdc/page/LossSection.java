package io.mdc.page;

import io.mdc.condense.LoopMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Losses over the outer loops. */
final class LossSection {
    private static final String LOOPS = "outer loop";
    private static final String MEANS = "Mean over the inner loops of each outer loop";

    private LossSection() {}

    /** What a line of the log says of one loss, or null. */
    private record Loss(String name, Function<LoopMetrics, Double> value) {}

    /** A chart of the matching loss, and one of the networks' training loss; none without a loop. */
    static List<Chart> of(List<RunReading> readings) {
        List<Chart.Series> matching = new ArrayList<>();
        List<Chart.Series> training = new ArrayList<>();
        for (int run = 0; run < readings.size(); run++) {
            RunReading reading = readings.get(run);
            if (readings.size() == 1) {
                line(reading, 0, new Loss("loss", LoopMetrics::loss)).ifPresent(matching::add);
                line(reading, 1, new Loss("of all images", LoopMetrics::baseLoss))
                        .ifPresent(matching::add);
                line(reading, 2, new Loss("on prefixes", LoopMetrics::subsetLoss))
                        .ifPresent(matching::add);
            } else {
                line(reading, run, new Loss(reading.name(), LoopMetrics::loss)).ifPresent(matching::add);
            }
            line(reading, run, new Loss(reading.name(), LoopMetrics::trainLoss)).ifPresent(training::add);
        }
        List<Chart> charts = new ArrayList<>();
        if (!matching.isEmpty()) {
            charts.add(new Chart(
                    "Matching loss", MEANS + ", mean over classes" + shares(readings), LOOPS, "loss", matching));
        }
        if (!training.isEmpty()) {
            charts.add(new Chart(
                    "Training loss of the networks",
                    MEANS + ", cross-entropy on the images they are trained on.",
                    LOOPS,
                    "cross-entropy",
                    training));
        }
        return charts;
    }

    private static String shares(List<RunReading> readings) {
        boolean shards =
                readings.stream().anyMatch(reading -> reading.origin().shard().isPresent());
        return shards ? "; of a shard, what its own classes add to the mean over all." : ".";
    }

    private static Optional<Chart.Series> line(RunReading reading, int kind, Loss loss) {
        return Lines.here(
                loss.name(),
                kind,
                Lines.means(reading.loops().stream()
                        .filter(loop -> loss.value().apply(loop) != null)
                        .map(loop -> new double[] {loop.outer(), loss.value().apply(loop)})
                        .toList()));
    }
}
