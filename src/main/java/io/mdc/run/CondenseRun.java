package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.condense.CondenseState;
import io.mdc.condense.CondenseTask;
import io.mdc.condense.Condenser;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Networks;
import io.mdc.evaluate.CondensedSet;
import io.mdc.report.ImageSheet;
import io.mdc.report.Progress;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Condenses into a run directory: logs, checkpoints, and the finished set with its picture. */
final class CondenseRun {
    private static final int ZOOM = 2;

    private final RunDirectory directory;
    private final RunConfig config;
    private final Dataset data;
    private final Compute compute;
    private final ChunkedGraph runner;
    private final Progress progress;

    /**
     * A run whose directory exists; nothing is computed yet.
     *
     * @param runner that of {@link #runner} for the same settings, data and compute
     */
    CondenseRun(
            RunDirectory directory,
            RunConfig config,
            Dataset data,
            Compute compute,
            ChunkedGraph runner,
            Progress progress) {
        this.directory = directory;
        this.config = config;
        this.data = data;
        this.compute = compute;
        this.runner = runner;
        this.progress = progress;
    }

    /**
     * What runs the network of a condensation; makes sure, before anything is written, that it can be condensed with.
     *
     * @throws io.mdc.setting.ConfigException if it cannot
     * @throws DataException if it is a file that cannot be read
     */
    static ChunkedGraph runner(RunConfig config, Dataset data, Compute compute) {
        DifferentiableGraph graph = Networks.graphToCondense(
                config.network().network(),
                config.network(),
                data.train().channels(),
                data.train().height(),
                data.classes(),
                compute.backend());
        return new ChunkedGraph(graph, compute.workers(), compute.chunk());
    }

    /**
     * Runs to the end, or until stopped.
     *
     * @param resume whether to go on from the checkpoint in the directory, or from the beginning if there is none yet
     * @param stop asked after every inner loop
     * @return whether the end was reached; else the last state is in the checkpoint
     * @throws DataException if the checkpoints are damaged or of a run with other settings or data
     */
    boolean run(boolean resume, Stop stop) throws IOException {
        Fingerprint begun = Fingerprint.of(config, data);
        Optional<Checkpoint> earlier = resume ? lastState(begun) : Optional.empty();
        Manifest manifest = earlierManifest(resume)
                .map(before -> before.resumedBy(config, data, compute))
                .orElseGet(() -> Manifest.begun(config, data, compute));
        directory.writeJson(directory.manifest(), manifest);
        long start = System.nanoTime();
        try (CondenseLog log = new CondenseLog(directory, config, begun, progress, earlier)) {
            Condenser condenser =
                    new Condenser(new CondenseTask(config.condensing(), data, runner), log, stop::requested);
            earlier.ifPresent(checkpoint -> restore(condenser, checkpoint.state()));
            stop.waitForWork(() -> {
                log.saveLatest();
                end(manifest, false, log, start);
            });
            progress.begin(
                    "condensing",
                    config.loop().steps(),
                    earlier.map(checkpoint -> loopsDone(checkpoint.state())).orElse(0L));
            boolean finished = condenser.run();
            if (finished) {
                write(condenser.images().images());
            }
            end(manifest, finished, log, start);
            return finished;
        }
    }

    private Optional<Manifest> earlierManifest(boolean resume) throws IOException {
        Path file = directory.manifest();
        if (resume && !Files.exists(file)) {
            progress.milestone(file + ": there is none; written anew");
        }
        if (!resume || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Manifest.read(file));
        } catch (DataException e) {
            progress.milestone(e.getMessage() + "; written anew" + DamagedFile.keep(file));
            return Optional.empty();
        }
    }

    private void end(Manifest begun, boolean finished, CondenseLog log, long start) {
        try {
            double seconds = (System.nanoTime() - start) / 1e9;
            directory.writeJson(directory.manifest(), begun.ended(finished, log.warnings(), seconds));
        } catch (IOException e) {
            throw new UncheckedIOException(directory.manifest() + ": " + e.getMessage(), e);
        }
    }

    private Optional<Checkpoint> lastState(Fingerprint now) {
        Optional<Checkpoint> last = directory.checkpoints().read(progress::milestone);
        if (last.isEmpty()) {
            progress.milestone(directory.path() + ": no checkpoint yet, beginning with the first loop");
        }
        last.flatMap(checkpoint -> now.differenceTo(checkpoint.begun(), directory.config()))
                .ifPresent(difference -> {
                    throw new DataException(difference);
                });
        return last;
    }

    private long loopsDone(CondenseState state) {
        return (long) (state.outer() - 1) * config.loop().inner() + state.inner();
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

    private void write(Tensor images) throws IOException {
        CondensedSet set = new CondensedSet(
                images.toFloats(),
                images.shape(),
                data.classes(),
                config.synthetic().factor());
        set.write(directory.synthetic());
        new ImageSheet(set.classes(), set.ipc(), set.channels(), set.height(), set.width(), ZOOM)
                .writePng(
                        (row, column, channel, y, x) -> set.pixel(row * set.ipc() + column, channel, y, x),
                        directory.picture());
        if (set.channels() != 1 && set.channels() != 3) {
            progress.milestone(directory.picture() + ": shows the first " + ImageSheet.drawn(set.channels()) + " of "
                    + set.channels() + " channels");
        }
    }
}
