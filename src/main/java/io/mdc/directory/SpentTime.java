package io.mdc.directory;

import io.mdc.condense.LoopMetrics;
import java.io.IOException;
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
    public static double seconds(RunDirectory run, Optional<Manifest> manifest) throws IOException {
        double told = manifest.map(Manifest::condenseSeconds).orElse(0.0);
        return manifest.isPresent() && manifest.get().status() != Manifest.Status.RUNNING
                ? told
                : Math.max(told, logged(run));
    }

    private static double logged(RunDirectory run) throws IOException {
        return JsonLines.read(run.metrics(), LoopMetrics.class).stream()
                .mapToDouble(LoopMetrics::seconds)
                .filter(Double::isFinite)
                .sum();
    }
}
