package io.mdc.directory;

import io.mdc.condense.LoopMetrics;
import java.util.Optional;

/** Wall time that condensing a run has taken, all parts of it together. */
public final class SpentTime {
    private SpentTime() {}

    /**
     * Seconds, evaluations on the way included; of a part that has no end, as it goes on or was killed, those of its
     * logged loops.
     *
     * @param manifest of the run, if there is one
     * @throws io.mdc.base.DataException if the log cannot be read at all
     */
    public static double seconds(RunDirectory run, Optional<Manifest> manifest) {
        if (manifest.isEmpty()) {
            return logged(run, 0);
        }
        double told = manifest.get().condenseSeconds();
        Long before = manifest.get().loopsBefore();
        return manifest.get().status() == Manifest.Status.RUNNING
                ? told + logged(run, before == null ? 0 : before)
                : told;
    }

    private static double logged(RunDirectory run, long before) {
        return JsonLines.read(run.metrics(), LoopMetrics.class).stream()
                .skip(before)
                .mapToDouble(LoopMetrics::seconds)
                .filter(Double::isFinite)
                .sum();
    }
}
