package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.condense.CondenseObserver;
import io.mdc.condense.CondenseState;
import io.mdc.condense.CondenseTask;
import io.mdc.condense.Condenser;
import io.mdc.condense.LoopMetrics;
import io.mdc.condense.MlsEvent;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Networks;
import io.mdc.evaluate.CondensedSet;
import io.mdc.report.ImageSheet;
import io.mdc.report.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Condenses into a run directory: logs, checkpoints, and the finished set with its picture. */
public final class CondenseRun {
    private final RunDirectory directory;
    private final RunConfig config;
    private final Dataset data;
    private final Compute engine;
    private final ChunkedGraph runner;
    private final Progress progress;

    /**
     * A run whose directory exists; nothing is computed yet.
     *
     * @param runner that of {@link #runner} for the same settings, data and engine
     */
    public CondenseRun(
            RunDirectory directory,
            RunConfig config,
            Dataset data,
            Compute engine,
            ChunkedGraph runner,
            Progress progress) {
        this.directory = directory;
        this.config = config;
        this.data = data;
        this.engine = engine;
        this.runner = runner;
        this.progress = progress;
    }

    /**
     * What runs the network of a condensation; makes sure, before anything is written, that it can be condensed with.
     *
     * @throws io.mdc.setting.ConfigException if it cannot
     * @throws io.mdc.base.DataException if it is a file that cannot be read
     */
    public static ChunkedGraph runner(RunConfig config, Dataset data, Compute engine) {
        DifferentiableGraph graph = Networks.graphToCondense(
                config.network().network(),
                config.network(),
                data.train().channels(),
                data.train().height(),
                data.classes(),
                engine.backend());
        return new ChunkedGraph(graph, engine.workers(), engine.chunk());
    }

    /**
     * Runs to the end, or until stopped.
     *
     * @param resume whether to go on from the checkpoint in the directory
     * @param stop asked after every inner loop
     * @return whether the end was reached; else the last state is in the checkpoint
     */
    public boolean run(boolean resume, BooleanSupplier stop) throws IOException {
        CondenseState state = resume ? directory.checkpoints().read() : null;
        long before = state == null ? 0 : loopsDone(state);
        Manifest manifest = manifest(resume);
        directory.writeJson(directory.manifest(), manifest);
        long start = System.nanoTime();
        try (LineLog metrics = new LineLog(directory.metrics(), before);
                LineLog selections = new LineLog(
                        directory.selections(),
                        state == null ? 0 : state.images().selections())) {
            Condenser condenser = new Condenser(
                    new CondenseTask(config.condensing(), data, runner), new Observer(metrics, selections), stop);
            if (state != null) {
                restore(condenser, state);
            }
            progress.begin("condensing", config.loop().steps(), before);
            boolean finished = condenser.run();
            if (finished) {
                write(condenser);
            }
            double seconds = manifest.condenseSeconds() + (System.nanoTime() - start) / 1e9;
            directory.writeJson(
                    directory.manifest(), manifest.with(finished ? "finished" : "interrupted", now(), seconds));
            return finished;
        }
    }

    private void restore(Condenser condenser, CondenseState state) {
        try {
            condenser.restore(state);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DataException(
                    directory.checkpoints().file() + ": not a checkpoint of a run with these settings ("
                            + e.getMessage() + "); start the run anew in another directory",
                    e);
        }
    }

    private void write(Condenser condenser) throws IOException {
        int[] shape = condenser.images().images().shape();
        float[] pixels = condenser.images().images().toFloats();
        new CondensedSet(pixels, shape, data.classes(), config.synthetic().factor()).write(directory.synthetic());
        int ipc = config.synthetic().ipc();
        int plane = shape[2] * shape[3];
        new ImageSheet(data.classes(), ipc, shape[1], shape[2], shape[3], 2)
                .writePng(
                        (row, column, channel, y, x) ->
                                pixels[((row * ipc + column) * shape[1] + channel) * plane + y * shape[3] + x],
                        directory.picture());
    }

    private Manifest manifest(boolean resume) throws IOException {
        if (resume && Files.exists(directory.manifest())) {
            Manifest earlier = Manifest.read(directory.manifest());
            return newManifest(earlier.started(), earlier.resumed() + 1, earlier.condenseSeconds());
        }
        return newManifest(now(), 0, 0);
    }

    private Manifest newManifest(String started, int resumed, double seconds) {
        return new Manifest(
                Machine.version(),
                Machine.backend(engine.backend()),
                Machine.cpu(),
                Machine.java(),
                engine.workers().threads(),
                config.seed(),
                data.sources(),
                data.classNames(),
                data.normalization(),
                data.skipped(),
                started,
                null,
                "running",
                resumed,
                seconds);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private long loopsDone(CondenseState state) {
        return (long) (state.outer() - 1) * config.loop().inner() + state.inner();
    }

    /** Writes down what happens; a disk that is full ends the run at once, with the state of the last checkpoint. */
    private final class Observer implements CondenseObserver {
        private final LineLog metrics;
        private final LineLog selections;

        Observer(LineLog metrics, LineLog selections) {
            this.metrics = metrics;
            this.selections = selections;
        }

        @Override
        public void warmingUp(int outer, long done, long all) {
            progress.update(
                    (long) (outer - 1) * config.loop().inner(),
                    String.format(
                            Locale.ROOT,
                            "outer %d/%d, warm-up %d/%d",
                            outer,
                            config.loop().outer(),
                            done,
                            all));
        }

        @Override
        public void innerLoopDone(LoopMetrics line, String mls) {
            write(metrics, line);
            long done = (long) (line.outer() - 1) * config.loop().inner() + line.inner();
            progress.update(
                    done,
                    String.format(
                            Locale.ROOT,
                            "outer %d/%d, inner %d/%d, loss %.4g%s",
                            line.outer(),
                            config.loop().outer(),
                            line.inner(),
                            config.loop().inner(),
                            line.loss(),
                            mls.isEmpty() ? "" : ", MLS " + mls));
        }

        @Override
        public void selected(List<MlsEvent> events) {
            events.forEach(event -> write(selections, event));
        }

        @Override
        public void checkpoint(CondenseState state) {
            try {
                directory.checkpoints().write(state);
            } catch (IOException e) {
                throw new UncheckedIOException(directory.checkpoints().file() + ": " + e.getMessage(), e);
            }
        }

        private void write(LineLog log, Object line) {
            try {
                log.add(line);
            } catch (IOException e) {
                throw new UncheckedIOException(directory.path() + ": " + e.getMessage(), e);
            }
        }
    }
}
