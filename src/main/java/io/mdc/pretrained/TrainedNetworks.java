package io.mdc.pretrained;

import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.InUseException;
import io.mdc.base.Seeds;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.Settings;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Networks trained on the real images, with some of their states: those that are missing in the cache are trained by
 * {@link #make}.
 *
 * <p>Not thread-safe. Of processes that need the same networks at the same time, each trains some, and waits for the
 * others.
 */
public final class TrainedNetworks implements Preparation {
    private static final long PATIENCE_NANOS = 200_000_000;

    private final TrainingPlan plan;
    private final Dataset data;
    private final ChunkedGraph runner;
    private final NetworkFiles files;

    /**
     * Networks of a plan.
     *
     * @param network what {@code runner} runs
     * @param cache directory of the cache, which may not exist yet
     */
    public TrainedNetworks(TrainingPlan plan, NetworkConfig network, Dataset data, ChunkedGraph runner, Path cache) {
        this.plan = plan;
        this.data = data;
        this.runner = runner;
        files = new NetworkFiles(cache, plan.kind().toString(), madeBy(plan, network, data, runner));
    }

    private static Map<String, String> madeBy(
            TrainingPlan plan, NetworkConfig network, Dataset data, ChunkedGraph runner) {
        Map<String, String> all = plan.madeBy();
        all.putAll(Settings.texts(network));
        network.network()
                .file()
                .ifPresent(file -> all.put("network", SourceFile.of(file).sha256()));
        network.widthOf(network.network())
                .ifPresent(width -> all.put(Settings.key(NetworkConfig.class, "width"), Integer.toString(width)));
        all.put("data", data.checksum());
        all.put("normalization", data.normalization().toString());
        Backend backend = runner.graph().backend();
        all.put(
                "backend",
                backend.name() + " " + backend.precision() + " "
                        + backend.tiled().isPresent());
        all.put("chunk", Integer.toString(runner.capacity()));
        return all;
    }

    @Override
    public Path folder() {
        return files.folder();
    }

    @Override
    public String title() {
        return "training networks (" + plan.kind() + ")";
    }

    @Override
    public void check() {
        files.requireOwn();
        for (int network = 0; network < plan.networks(); network++) {
            int known = network;
            made(known).forEach(state -> files.requireWhole(known, state));
        }
        Preparation.requireRoom(Map.of(folder(), bytes()));
    }

    @Override
    public long bytes() {
        long missing = missing();
        long ways = 2 * NetworkFiles.bytes(2 * parameters()); // one is written while the one before is there
        return missing == 0 ? 0 : missing * NetworkFiles.bytes(parameters()) + ways;
    }

    private long parameters() {
        return runner.graph().parameters().stream().mapToLong(Parameter::size).sum();
    }

    @Override
    public long steps() {
        return missing() * plan.batches();
    }

    private long missing() {
        return IntStream.range(0, plan.networks()).mapToLong(this::missing).sum();
    }

    /** States of a network that there are files of. */
    private IntStream made(int network) {
        return files.hasBegun(network)
                ? IntStream.rangeClosed(1, plan.states()).filter(state -> files.has(network, state))
                : IntStream.empty();
    }

    private long missing(int network) {
        return plan.states() - made(network).count();
    }

    @Override
    public boolean make(Making making) {
        files.requireOwn();
        NetworkTraining training = new NetworkTraining(plan, data, runner);
        NetworkJudge judge = new NetworkJudge(plan, files, data.classes(), making.poor());
        BitSet left = new BitSet();
        left.set(0, plan.networks());
        long all = steps();
        long[] steps = {0};
        LongConsumer step = more -> {
            steps[0] += more;
            making.done().accept(steps[0]);
        };
        while (true) {
            for (int network = left.nextSetBit(0); network >= 0; network = left.nextSetBit(network + 1)) {
                try {
                    if (missing(network) > 0 && !train(network, training, judge, step, making)) {
                        return false;
                    }
                    judge.network(network);
                    left.clear(network);
                } catch (InUseException e) {
                    // another process trains it: it is looked for once more
                }
            }
            if (left.isEmpty()) {
                return true;
            }
            LockSupport.parkNanos(PATIENCE_NANOS);
            if (making.stop().getAsBoolean()) {
                return false;
            }
            steps[0] = all - steps();
            making.done().accept(steps[0]);
        }
    }

    /**
     * Trains a network to its states that are missing; false if stopped.
     *
     * @throws InUseException if another process trains it
     */
    @SuppressWarnings("try") // the lock is held, not used
    private boolean train(int network, NetworkTraining training, NetworkJudge judge, LongConsumer step, Making making) {
        try (DirectoryLock lock = files.lock(network)) {
            boolean follows = false;
            for (int state = 1; state <= plan.states(); state++) {
                if (files.has(network, state)) {
                    follows = false;
                    continue;
                }
                Optional<Way> left = files.way(network, state, parameters(), making.notes());
                if (!follows && left.isEmpty()) {
                    read(network, state - 1, training.weights());
                }
                OptionalDouble loss =
                        training.reach(network, state, left, step, way -> files.write(network, way), making);
                if (loss.isEmpty()) {
                    return false;
                }
                files.write(network, state, training.weights(), loss.getAsDouble());
                judge.state(network, state);
                if (making.stop().getAsBoolean()) {
                    return false;
                }
                follows = true;
            }
            return true;
        } catch (IOException e) {
            throw files.unwritable(e);
        }
    }

    @Override
    public void sample() {
        NetworkTraining training = new NetworkTraining(plan, data, runner);
        read(0, 0, training.weights());
        training.step(0, 1, 0);
    }

    /**
     * A state of a network, 0 being the one it begins with.
     *
     * @param into overwritten
     * @throws DataException if the file is missing or damaged
     */
    public void read(int network, int state, ParameterSet into) {
        if (state == 0) {
            Initializer.initialize(into, Seeds.generator(plan.seedOf(network), "weights"));
        } else {
            files.read(network, state, into);
        }
    }
}
