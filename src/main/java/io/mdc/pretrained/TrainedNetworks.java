package io.mdc.pretrained;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.InUseException;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Dataset;
import io.mdc.data.ShuffledSampler;
import io.mdc.data.SourceFile;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.Settings;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

    /** Where they are kept. */
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
        long missing = 0;
        for (int network = 0; network < plan.networks(); network++) {
            for (int state = 1; state <= plan.states(); state++) {
                if (files.has(network, state)) {
                    files.requireWhole(network, state);
                } else {
                    missing++;
                }
            }
        }
        if (missing > 0) {
            files.requireRoom(missing, runner.graph().newParameters().flat().size());
        }
    }

    @Override
    public long steps() {
        long missing = 0;
        for (int network = 0; network < plan.networks(); network++) {
            missing += missing(network);
        }
        return missing * plan.batches();
    }

    /** States of a network that there are no files of. */
    private long missing(int network) {
        return IntStream.rangeClosed(1, plan.states())
                .filter(state -> !files.has(network, state))
                .count();
    }

    @Override
    public boolean make(LongConsumer done, BooleanSupplier stop) {
        files.requireOwn();
        Training training = new Training(done, stop, steps());
        while (true) {
            boolean byOthers = false;
            for (int network = 0; network < plan.networks(); network++) {
                try {
                    if (missing(network) > 0 && !train(network, training)) {
                        return false;
                    }
                } catch (InUseException e) {
                    byOthers = true;
                }
            }
            if (!byOthers) {
                return true;
            }
            LockSupport.parkNanos(PATIENCE_NANOS);
            if (stop.getAsBoolean()) {
                return false;
            }
            training.tell(steps());
        }
    }

    /**
     * Trains a network to its states that are missing; false if stopped.
     *
     * @throws InUseException if another process trains it
     */
    @SuppressWarnings("try") // the lock is held, not used
    private boolean train(int network, Training training) {
        try (DirectoryLock lock = files.lock(network)) {
            boolean follows = false;
            for (int state = 1; state <= plan.states(); state++) {
                if (files.has(network, state)) {
                    follows = false;
                    continue;
                }
                if (!follows) {
                    read(network, state - 1, training.trainer.weights());
                }
                if (!training.reach(network, state)) {
                    return false;
                }
                files.write(network, state, training.trainer.weights());
                if (training.stop.getAsBoolean()) {
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
        Training training = new Training(done -> {}, () -> false, 0);
        read(0, 0, training.trainer.weights());
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
            Initializer.initialize(into, Seeds.generator(seed(network), "weights"));
        } else {
            files.read(network, state, into);
        }
    }

    private long seed(int network) {
        return Seeds.derive(plan.seed(), plan.kind().toString(), network);
    }

    /** What training needs, made when there is some. */
    private final class Training {
        private final NetworkTrainer trainer = new NetworkTrainer(runner, plan.sgd());
        private final RealImages source =
                new RealImages(runner.graph().backend().images(), data.train(), data.normalization());
        private final Augmentation augmentation = new Augmentation(plan.augmentation(), data.normalization());
        private final CutMix cutMix = new CutMix(plan.cutMix());
        private final TrainingBatch batch = new TrainingBatch(
                runner.graph().backend(), plan.batchSize(), runner.graph().imageShape(), data.classes());

        private final LongConsumer done;
        private final BooleanSupplier stop;
        private final long all;
        private long steps;
        private ShuffledSampler order;
        private int orderOf = -1;

        /** Training of so many steps. */
        Training(LongConsumer done, BooleanSupplier stop, long all) {
            this.done = done;
            this.stop = stop;
            this.all = all;
        }

        /** Tells how many are done, when so many are left to this process and others. */
        void tell(long left) {
            steps = all - left;
            done.accept(steps);
        }

        /** Trains from the state before; false if stopped before the last step. */
        boolean reach(int network, int state) {
            runner.graph().backend().vectors().fill(trainer.velocity().flat(), 0);
            for (long b = 0; b < plan.batches(); b++) {
                step(network, state, b);
                steps++;
                done.accept(steps);
                if (b < plan.batches() - 1 && stop.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        }

        /** Batches are of one size: the last of an epoch goes on with the first images of the next. */
        void step(int network, int state, long b) {
            if (network != orderOf) {
                order = new ShuffledSampler(source.size(), seed(network));
                orderOf = network;
            }
            long position = ((state - 1) * plan.batches() + b) * batch.size();
            batch.fill(
                    source,
                    order.batch(position, batch.size()),
                    augmentation,
                    cutMix,
                    Seeds.generator(seed(network), "augment", state, b));
            trainer.step(batch, plan.rate());
        }
    }
}
