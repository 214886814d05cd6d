package io.mdc.run;

import io.mdc.condense.CondenseObserver;
import io.mdc.condense.CondenseState;
import io.mdc.condense.LoopConfig;
import io.mdc.condense.LoopMetrics;
import io.mdc.condense.MlsEvent;
import io.mdc.report.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Writes down what happens in a condensation: lines of logs, checkpoints, and progress.
 *
 * <p>A disk that is full ends the run at once, with the state of the last checkpoint.
 */
final class CondenseLog implements CondenseObserver, AutoCloseable {
    private final RunDirectory directory;
    private final LoopConfig loop;
    private final Progress progress;
    private final LineLog metrics;
    private final LineLog selections;

    /**
     * Goes on with the logs of the directory after the lines of earlier parts of the run, dropping what follows.
     *
     * @param innerLoops done in earlier parts
     * @param selectionsMade in earlier parts
     */
    CondenseLog(RunDirectory directory, LoopConfig loop, Progress progress, long innerLoops, int selectionsMade)
            throws IOException {
        this.directory = directory;
        this.loop = loop;
        this.progress = progress;
        metrics = new LineLog(directory.metrics(), innerLoops);
        selections = new LineLog(directory.selections(), selectionsMade);
    }

    @Override
    public void warmingUp(int outer, long done, long all) {
        progress.update(
                (long) (outer - 1) * loop.inner(),
                String.format(Locale.ROOT, "outer %d/%d, warm-up %d/%d", outer, loop.outer(), done, all));
    }

    @Override
    public void innerLoopDone(LoopMetrics line, String mls) {
        add(metrics, line);
        progress.update(
                (long) (line.outer() - 1) * loop.inner() + line.inner(),
                String.format(
                        Locale.ROOT,
                        "outer %d/%d, inner %d/%d, loss %.4g%s",
                        line.outer(),
                        loop.outer(),
                        line.inner(),
                        loop.inner(),
                        line.loss(),
                        mls.isEmpty() ? "" : ", MLS " + mls));
    }

    @Override
    public void selected(List<MlsEvent> events) {
        events.forEach(event -> add(selections, event));
    }

    @Override
    public void checkpoint(CondenseState state) {
        try {
            directory.checkpoints().write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(directory.checkpoints().file() + ": " + e.getMessage(), e);
        }
    }

    private void add(LineLog log, Object line) {
        try {
            log.add(line);
        } catch (IOException e) {
            throw new UncheckedIOException(directory.path() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try (metrics;
                selections) {
            // both, whatever happens to one
        }
    }
}
