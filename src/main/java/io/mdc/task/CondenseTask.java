package io.mdc.task;

import io.mdc.data.Cache;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.step.Parameter;
import io.mdc.subset.Metric;
import io.mdc.tensor.Backend;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is condensed, how, and with what.
 *
 * @param config settings
 * @param data real images
 * @param runner runs the network
 * @param sharing what it has in common with other tasks of the same data and runner
 * @param cache directory of what is made once for all runs; empty for measurements of speed, which have random numbers
 *     in its place
 * @param shard the classes that are condensed here
 */
public record CondenseTask(
        CondenseConfig config,
        Dataset data,
        ChunkedGraph runner,
        Sharing sharing,
        Optional<Path> cache,
        ClassShard shard) {
    private static final long MOST_RECORDED_BYTES = 3L << 30;
    private static final int SHARE_OF_A_DEVICE = 4;
    private static final int ARRAYS_OF_SETS = 5;

    /** A task with the usual cache. */
    public CondenseTask(CondenseConfig config, Dataset data, ChunkedGraph runner, Sharing sharing) {
        this(config, data, runner, sharing, Optional.of(Cache.directory()));
    }

    /** A task of all classes. */
    public CondenseTask(
            CondenseConfig config, Dataset data, ChunkedGraph runner, Sharing sharing, Optional<Path> cache) {
        this(config, data, runner, sharing, cache, ClassShard.WHOLE);
    }

    /** A task with the usual cache that shares nothing with others. */
    public CondenseTask(CondenseConfig config, Dataset data, ChunkedGraph runner) {
        this(config, data, runner, new Sharing());
    }

    /** The same of some classes. */
    public CondenseTask of(ClassShard classes) {
        return new CondenseTask(config, data, runner, sharing, cache, classes);
    }

    /**
     * The most classes whose images are moved at once, so that there is work for every core and the passes that are
     * recorded keep to a limit: one where cores are few and arrays that stay in the cache matter more, all on a device
     * that has the memory. Results do not depend on it but for a device's rounding.
     */
    public int classesAtOnce() {
        int most = mostClassesAtOnce();
        int rounds = (data.classes() + most - 1) / most;
        return (data.classes() + rounds - 1) / rounds;
    }

    private int mostClassesAtOnce() {
        int images = Math.min(
                config.synthetic().decodedPerClass(),
                config.matching().batchSynMax(config.synthetic().ipc()));
        long recorded = images * runner.graph().bytesPerSample();
        if (runner.graph().takesGroups()) {
            long bytes = backend().memory().bytes() / SHARE_OF_A_DEVICE;
            long fitting = Math.min(bytes / (recorded + bytesOfSets()), Integer.MAX_VALUE / elementsOfSets());
            return within(data.classes(), fitting);
        }
        return runner.workers().hasManyCores() ? within(runner.workers().cores(), MOST_RECORDED_BYTES / recorded) : 1;
    }

    private static int within(int wanted, long fitting) {
        return (int) Math.max(1, Math.min(wanted, fitting));
    }

    /** What a class takes for the gradients, derivatives and directions of its groups of images, on a device. */
    private long bytesOfSets() {
        return ARRAYS_OF_SETS * elementsOfSets() * Float.BYTES;
    }

    /** Elements of each of these, which lie in one array for all classes that are moved at once. */
    private long elementsOfSets() {
        boolean all = config.subsetLoss() == SubsetLoss.ALL
                || config.subset().metric().compared() == Metric.Of.GRADIENTS;
        long groups = 2L + (all ? config.synthetic().ipc() : 2);
        long parameters =
                runner.graph().parameters().stream().mapToLong(Parameter::size).sum();
        return groups * parameters;
    }

    /** Where all arrays live. */
    public Backend backend() {
        return runner.graph().backend();
    }
}
