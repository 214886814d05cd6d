package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.base.DirectoryLock;
import io.mdc.base.DivergedException;
import io.mdc.base.ShellWord;
import io.mdc.bench.Estimator;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.engine.ChunkedGraph;
import io.mdc.method.ClassMethod;
import io.mdc.report.Progress;
import io.mdc.run.CondenseFiles;
import io.mdc.run.CondenseRun;
import io.mdc.run.Ending;
import io.mdc.run.RunData;
import io.mdc.run.RunDemands;
import io.mdc.run.Shards;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Share;
import io.mdc.setting.TextForm;
import io.mdc.task.ClassShard;
import io.mdc.task.CondenseConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Condenses some classes of a run, whose other classes other processes condense, on this machine or on others that see
 * the same directory.
 *
 * @param config settings of the whole run
 * @param out its directory, the shards being in it
 * @param share of the classes
 * @param resume whether to go on from the shard's last checkpoint
 * @param minutes to wait for measurements of other shards
 */
public record ShardJob(RunConfig config, Path out, Share share, boolean resume, int minutes) {
    /** The directory of a shard of the run in {@code out}. */
    public static Path directory(Path out, Share share) {
        return new Shards(out, share.of()).of(share);
    }

    /** The directory of the shard. */
    public Path directory() {
        return directory(out, share);
    }

    private Shards shards() {
        return new Shards(out, share.of());
    }

    /**
     * Loads the data and condenses.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop, and while waiting for others
     * @throws ConfigException if the set cannot be condensed in shards, or the directory has other ones
     * @throws io.mdc.base.DataException if the data or the checkpoint is missing or damaged, or another process has the
     *     shard
     * @throws DivergedException if the losses are not finite any more
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Ending<RunDirectory> run(Progress progress, Stop stop) throws IOException {
        requireApart(config, share);
        if (resume) {
            shards().requireFitsGoingOn(config);
        } else {
            shards().requireFits(config);
        }
        try (Compute compute = Compute.start(config.compute())) {
            Dataset data = RunData.toCondense(config, progress);
            requireClasses(share, data.classes());
            ChunkedGraph runner = CondenseRun.runner(config, data, compute);
            RunDirectory directory = resume ? RunDirectory.open(directory()) : NewRun.create(directory(), config);
            try (DirectoryLock lock = directory.lock()) {
                if (resume) {
                    RunDemands.goesOn(directory, config);
                }
                if (resume && RunDemands.isOver(directory, config)) {
                    progress.milestone(directory.path() + ": the shard is finished, and nothing is left to condense");
                    return new Ending.Finished<>(directory);
                }
                return run(directory, data, runner, compute, progress, stop);
            }
        }
    }

    private Ending<RunDirectory> run(
            RunDirectory directory, Dataset data, ChunkedGraph runner, Compute compute, Progress progress, Stop stop)
            throws IOException {
        progress.milestone("shard " + share + ": classes " + String.join(", ", classes(data)));
        if (!resume && config.loop().steps() > 0) {
            progress.milestone(Estimator.firstIdea(config, data, runner, share).line());
        }
        FileExchange exchange = new FileExchange(shards(), share, config, data, minutes, progress);
        if (!resume) {
            exchange.begin();
        }
        ClassShard shard = new ClassShard(share, Optional.of(exchange));
        String advice =
                "; continue with: mdc condense --resume --class-shard " + share + " --out " + ShellWord.quoted(out);
        stop.advise("interrupted" + advice);
        try (CondenseFiles files = new CondenseFiles(directory, config, data, compute, progress, resume, shard)) {
            CondenseRun run = new CondenseRun(List.of(files), runner, progress);
            if (!run.run(stop)) {
                return new Ending.Interrupted<>(exchange.complaint().orElse("interrupted") + advice);
            }
            run.requireSuccess();
        }
        return new Ending.Finished<>(directory);
    }

    /**
     * Makes sure that classes can be condensed apart.
     *
     * @throws ConfigException if not
     */
    static void requireApart(RunConfig config, Share share) {
        String given = "--class-shard " + share + ": ";
        CondenseConfig condensing = config.condensing();
        if (config.evaluation().evaluateEvery() > 0) {
            throw new ConfigException(given + "--evaluate-every needs the images of all classes; leave it out");
        } else if (!(config.base() instanceof ClassMethod)
                || !config.base().theta().isShared()) {
            throw new ConfigException(
                    given + "--method " + TextForm.format(config.method().method()) + " trains its networks on the"
                            + " images of all classes, which no shard has; leave it out");
        } else if (condensing.measuresPrefixes()
                && !condensing.subset().metric().isInSteps()) {
            throw new ConfigException(given + "--metric "
                    + TextForm.format(condensing.subset().metric())
                    + " trains networks on the images of all classes, which no" + " shard has; choose another metric");
        }
    }

    /**
     * Makes sure that every shard has a class.
     *
     * @throws ConfigException if not
     */
    static void requireClasses(Share share, int classes) {
        if (share.of() > classes) {
            throw new ConfigException("--class-shard " + share + ": there are only " + classes
                    + " classes to share; ask for at most as many shards");
        }
    }

    private List<String> classes(Dataset data) {
        List<String> names = new ArrayList<>();
        for (int label = 0; label < data.classes(); label++) {
            if (share.holds(label)) {
                names.add(data.classNames().get(label));
            }
        }
        return names;
    }
}
