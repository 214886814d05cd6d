package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.DivergedException;
import io.mdc.condense.CondenseState;
import io.mdc.condense.Condenser;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.DamagedFile;
import io.mdc.directory.Fingerprint;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.LineLog;
import io.mdc.directory.Machine;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.SpentTime;
import io.mdc.engine.ChunkedGraph;
import io.mdc.pretrained.Making;
import io.mdc.pretrained.Preparation;
import io.mdc.report.Progress;
import io.mdc.task.ClassShard;
import io.mdc.task.CondenseTask;
import io.mdc.task.Sharing;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** The files of one condensation while it runs: logs, checkpoints, manifest, and the finished set with its picture. */
public final class CondenseFiles implements AutoCloseable {
    private final RunDirectory directory;
    private final RunConfig config;
    private final Dataset data;
    private final Progress progress;
    private final Optional<Checkpoint> earlier;
    private final Manifest manifest;
    private final CondenseLog log;
    private final ClassShard shard;

    /**
     * Opens them; the directory exists and is locked.
     *
     * @param resume whether to go on from the checkpoint in the directory, or from the beginning if there is none yet
     * @throws DataException if the checkpoints are damaged or of a run with other settings or data
     */
    public CondenseFiles(
            RunDirectory directory, RunConfig config, Dataset data, Compute compute, Progress progress, boolean resume)
            throws IOException {
        this(directory, config, data, compute, progress, resume, ClassShard.WHOLE);
    }

    /** Opens those of some classes. */
    public CondenseFiles(
            RunDirectory directory,
            RunConfig config,
            Dataset data,
            Compute compute,
            Progress progress,
            boolean resume,
            ClassShard shard)
            throws IOException {
        this.shard = shard;
        this.directory = directory;
        this.config = config;
        this.data = data;
        this.progress = progress;
        Fingerprint begun = Fingerprint.of(config, data);
        earlier = resume ? lastState(begun) : Optional.empty();
        Optional<Manifest> before = earlierManifest(resume);
        double spent = SpentTime.seconds(directory, before); // before the log drops what is done once more
        before.ifPresent(told -> {
            tellOfOther(told.backend(), Machine.backend(compute.backend()));
            if (told.chunk() != null) {
                tellOfOther("--chunk " + told.chunk(), "--chunk " + compute.chunk());
            }
        });
        long kept = earlier.map(Checkpoint::metrics).map(LineLog.Mark::lines).orElse(0L);
        manifest = before.map(told -> told.resumedBy(config, data, compute, spent, kept))
                .orElseGet(() -> Manifest.begun(config, data, compute))
                .from(ImageOrigin.of(shard.share()));
        directory.writeJson(directory.manifest(), manifest);
        directory.lengthen(config); // only now that it does not say any more that it is finished
        log = new CondenseLog(directory, config, data, compute, begun, progress, earlier, manifest.warnings());
    }

    private void tellOfOther(String begun, String now) {
        if (!begun.equals(now)) {
            progress.milestone(
                    directory.path() + ": was begun with " + begun + "; with " + now + " it may end with other bytes");
        }
    }

    /** The directory that they are in. */
    public RunDirectory directory() {
        return directory;
    }

    /** Inner loops that were done when they were opened. */
    private long loopsDone() {
        return earlier.map(Checkpoint::state)
                .map(state -> (long) (state.outer() - 1) * config.loop().inner() + state.inner())
                .orElse(0L);
    }

    /** Has the progress begin with the inner loops. */
    void beginLoops() {
        progress.begin("condensing", config.loop().steps(), loopsDone());
    }

    /** What is condensed into them. */
    Condenser.Member member(ChunkedGraph runner, Sharing sharing) {
        return new Condenser.Member(config.base(), task(runner, sharing), log);
    }

    /** How what is made before the first loop is made for them. */
    Making making(LongConsumer done, BooleanSupplier stop) {
        return new Making(
                done,
                network -> log.warn(network.toString()),
                progress::milestone,
                Duration.ofNanos((long) (config.checkpointMinutes() * TimeUnit.MINUTES.toNanos(1))),
                stop);
    }

    /** What is made before the first loop that is left, if there is one. */
    Optional<Preparation> preparation(ChunkedGraph runner) {
        return loopsDone() < config.loop().steps()
                ? config.base().preparation(task(runner, new Sharing()))
                : Optional.empty();
    }

    private CondenseTask task(ChunkedGraph runner, Sharing sharing) {
        return new CondenseTask(config.condensing(), data, runner, sharing).of(shard);
    }

    /** Has a member of this condenser go on from the checkpoint, if there is one. */
    void restore(Condenser condenser, int number) {
        if (earlier.isEmpty()) {
            return;
        }
        CondenseState state = earlier.get().state();
        try {
            condenser.restore(number, state);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DataException(
                    directory.checkpoints().file() + ": not a checkpoint of a run with these settings ("
                            + e.getMessage() + "); start the run anew in another directory",
                    e);
        }
    }

    /** Saves what a run has come to that cannot end in time; called from any thread. */
    void stopped(double seconds) {
        log.saveLatest();
        end(false, seconds);
    }

    /** Writes the finished set, its picture and the end of the manifest. */
    void finish(Tensor images, double seconds) throws IOException {
        write(images);
        end(true, seconds);
    }

    /** Writes the end of the manifest, which says why the run did not reach its own. */
    void failed(DivergedException failure, double seconds) {
        List<String> warnings = new ArrayList<>(log.warnings());
        warnings.add(failure.getMessage());
        end(false, warnings, seconds);
    }

    /** Writes the end of the manifest. */
    void end(boolean finished, double seconds) {
        end(finished, log.warnings(), seconds);
    }

    private void end(boolean finished, List<String> warnings, double seconds) {
        try {
            directory.writeJson(directory.manifest(), manifest.ended(finished, warnings, seconds));
        } catch (IOException e) {
            throw new UncheckedIOException(directory.manifest() + ": " + e.getMessage(), e);
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

    private void write(Tensor images) throws IOException {
        directory.requireOwn();
        SetFiles.write(directory, SetFiles.of(images, config, data), progress);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
