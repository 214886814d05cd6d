package io.mdc.run;

import io.mdc.base.DataException;
import io.mdc.base.ShellWord;
import io.mdc.config.RunConfig;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Share;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run has to be for a command to take it, by what its manifest says; one whose manifest is missing or damaged is
 * taken unless images could be lost by it.
 */
public final class RunDemands {
    private RunDemands() {}

    /**
     * The images that it has, if any, have to be those at its end.
     *
     * @throws DataException if it goes on to more loops and has not come to their end
     */
    public static void finished(RunDirectory run) {
        boolean underWay = Manifest.ifReadable(run.manifest())
                .filter(manifest -> !manifest.finished())
                .isPresent();
        if (underWay && Files.exists(run.synthetic())) {
            throw notFinished(run);
        }
    }

    /** What to say of a run that has not come to its end. */
    public static DataException notFinished(RunDirectory run) {
        String command = merging(run).orElse("mdc condense --resume --out " + ShellWord.quoted(run.path()));
        return new DataException(run.path() + ": the run is not finished; " + command + " finishes it");
    }

    /** The command that makes a run anew of its shards, if it was made of some. */
    static Optional<String> merging(RunDirectory run) {
        return Manifest.ifReadable(run.manifest())
                .filter(manifest -> !manifest.origin().merged().isEmpty())
                .map(manifest -> "mdc merge " + ShellWord.quoted(run.path()));
    }

    /** The command that goes on with a run, or with a shard of one. */
    static String resuming(RunDirectory run) {
        return shardOf(run)
                .map(shard -> "mdc condense --resume --class-shard " + shard + " --out "
                        + ShellWord.quoted(
                                run.path().toAbsolutePath().resolve("../..").normalize()))
                .orElseGet(() -> "mdc condense --resume --out " + ShellWord.quoted(run.path()));
    }

    /**
     * All classes have to be condensed in it.
     *
     * @throws ConfigException if it is a shard
     */
    public static void whole(RunDirectory run) {
        Optional<Share> shard = shardOf(run);
        if (shard.isPresent()) {
            throw new ConfigException(run.path() + ": is shard " + shard.get()
                    + " of a run, which has only its classes condensed; put the shards together with mdc merge");
        }
    }

    /**
     * It has to be one that can be condensed further.
     *
     * @throws ConfigException if it was made by ordering the images of another, or of several runs, or of a file, or if
     *     it is a shard
     * @throws DataException if its manifest does not tell, and it has images without a checkpoint
     */
    public static void condensed(RunDirectory run) {
        Optional<Manifest> manifest = Manifest.ifReadable(run.manifest());
        if (manifest.isEmpty()
                && Files.exists(run.synthetic())
                && !run.checkpoints().exist()) {
            throw new DataException(
                    run.manifest() + ": missing or damaged, and there is no checkpoint, so that nobody knows"
                            + " where the images come from; put it back from a copy, or begin another run");
        }
        Optional<Share> shard = shardOf(run);
        if (shard.isPresent()) {
            throw new ConfigException(
                    run.path() + ": is shard " + shard.get() + " of a run; continue it with " + resuming(run));
        }
        Optional<String> made = manifest.map(Manifest::origin).flatMap(RunDemands::others);
        if (made.isPresent()) {
            throw new ConfigException(
                    run.path() + ": has " + made.get() + "; it is finished, and there is nothing to resume");
        }
    }

    /**
     * If it is finished and goes on to more loops, it has to have a state to go on from: its images, logs and
     * accuracies would be given up to condense from the first loop.
     *
     * @param config settings of what is to be done
     * @throws DataException if it has none
     */
    public static void goesOn(RunDirectory run, RunConfig config) {
        int wanted = config.loop().outer();
        if (run.isFinished() && !run.checkpoints().exist() && RunEnd.loops(run) < wanted) {
            Path states = run.checkpoints().file().getParent();
            throw new DataException(run.path() + ": --outer " + wanted + ": the run is finished after "
                    + RunEnd.loops(run) + " outer loops, and " + states
                    + ", from which it would go on, is gone; put that back from a copy, or condense in another"
                    + " directory: mdc condense --config " + ShellWord.quoted(run.config()) + " --outer " + wanted
                    + " --out NEW");
        }
    }

    /** Whether a resumed run has nothing left to condense, and no state either from which it would be gone through. */
    public static boolean isOver(RunDirectory run, RunConfig config) {
        return !run.checkpoints().exist() && RunEnd.isReached(run, config);
    }

    /** Whose images a run has, if it did not condense them. */
    private static Optional<String> others(ImageOrigin origin) {
        return origin.order()
                .map(order -> "the images of " + order.run() + " in another order")
                .or(() -> some(origin.joined()).map(parts -> "the images of " + parts.size() + " runs"))
                .or(() -> some(origin.merged()).map(parts -> "the classes of " + parts.size() + " shards"))
                .or(() -> origin.imported().map(source -> "the images of " + source.file()));
    }

    private static Optional<List<ImageOrigin.Part>> some(List<ImageOrigin.Part> parts) {
        return Optional.of(parts).filter(all -> !all.isEmpty());
    }

    /** By the place of the directory where the manifest does not tell. */
    private static Optional<Share> shardOf(RunDirectory run) {
        Optional<Manifest> manifest = Manifest.ifReadable(run.manifest());
        return manifest.isPresent() ? manifest.map(Manifest::shard) : Shards.placeOf(run.path());
    }
}
