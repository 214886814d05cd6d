package io.mdc.expert;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.DataException;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Dataset;
import io.mdc.data.ShuffledSampler;
import io.mdc.data.SourceFile;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Sgd;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Networks trained on the real images, with their parameters after every epoch: those that are missing in the cache are
 * trained by {@link #make}.
 *
 * <p>Training is stochastic gradient descent without momentum and decay, so that parameters are all there is to go on
 * from. Not thread-safe; processes that train the same experts at once do the same work twice.
 */
public final class Experts implements Preparation {
    private final ExpertsConfig config;
    private final int epochs;
    private final Dataset data;
    private final ChunkedGraph runner;
    private final ExpertFiles files;

    /**
     * Experts of these settings.
     *
     * @param epochs of their training
     * @param network what {@code runner} runs
     * @param cache directory of the cache, which may not exist yet
     */
    public Experts(
            ExpertsConfig config, int epochs, NetworkConfig network, Dataset data, ChunkedGraph runner, Path cache) {
        this.config = config;
        this.epochs = epochs;
        this.data = data;
        this.runner = runner;
        files = new ExpertFiles(cache, madeBy(config, network, data, runner));
    }

    /** All that the parameters of an expert after some epoch depend on, besides its number and that of the epoch. */
    private static Map<String, String> madeBy(
            ExpertsConfig config, NetworkConfig network, Dataset data, ChunkedGraph runner) {
        Map<String, String> all = new HashMap<>(Settings.texts(config));
        all.remove(Settings.key(ExpertsConfig.class, "experts"));
        all.remove(Settings.key(ExpertsConfig.class, "epochsExpert"));
        all.putAll(Settings.texts(network));
        network.network()
                .file()
                .ifPresent(file -> all.put("network", SourceFile.of(file).sha256()));
        network.widthOf(network.network())
                .ifPresent(width -> all.put(Settings.key(NetworkConfig.class, "width"), Integer.toString(width)));
        all.put("data", data.checksum());
        all.put("backend", runner.graph().backend().name());
        return all;
    }

    /** Where they are kept. */
    public Path folder() {
        return files.folder();
    }

    @Override
    public String title() {
        return "training experts";
    }

    @Override
    public void check() {
        files.requireOwn();
        long missing = 0;
        for (int expert = 0; expert < config.experts(); expert++) {
            for (int epoch = 0; epoch <= epochs; epoch++) {
                if (files.has(expert, epoch)) {
                    files.requireWhole(expert, epoch);
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
        for (int expert = 0; expert < config.experts(); expert++) {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                missing += files.has(expert, epoch) ? 0 : 1;
            }
        }
        return missing * batches();
    }

    private int batchSize() {
        return Math.min(config.batchExpert(), data.train().size());
    }

    private int batches() {
        return (data.train().size() + batchSize() - 1) / batchSize();
    }

    @Override
    public boolean make(LongConsumer done, BooleanSupplier stop) {
        files.requireOwn();
        Training training = new Training();
        long[] steps = {0};
        for (int expert = 0; expert < config.experts(); expert++) {
            boolean follows = false;
            for (int epoch = 0; epoch <= epochs; epoch++) {
                if (files.has(expert, epoch)) {
                    follows = false;
                    continue;
                }
                if (epoch == 0) {
                    training.begin(expert);
                } else {
                    if (!follows) {
                        files.read(expert, epoch - 1, training.trainer.weights());
                    }
                    if (!training.epoch(expert, epoch, () -> done.accept(++steps[0]), stop)) {
                        return false;
                    }
                }
                files.write(expert, epoch, training.trainer.weights());
                if (epoch > 0 && stop.getAsBoolean()) {
                    return false;
                }
                follows = true;
            }
        }
        return true;
    }

    @Override
    public void sample() {
        Training training = new Training();
        training.begin(0);
        training.step(Seeds.derive(config.seedExpert(), "expert", 0), 1, 0);
    }

    /**
     * The parameters of an expert after an epoch, 0 for those it began with.
     *
     * @param into overwritten
     * @throws DataException if the file is missing or damaged
     */
    public void read(int expert, int epoch, ParameterSet into) {
        files.read(expert, epoch, into);
    }

    /** What training needs, made when there is some. */
    private final class Training {
        private final NetworkTrainer trainer = new NetworkTrainer(runner, new Sgd(0, 0));
        private final RealImages source =
                new RealImages(runner.graph().backend().images(), data.train(), data.normalization());
        private final Augmentation augmentation = new Augmentation(config.augmentExpert(), data.normalization());
        private final TrainingBatch batch = new TrainingBatch(
                runner.graph().backend(), batchSize(), runner.graph().imageShape(), data.classes());
        private ShuffledSampler order;
        private long orderOf;

        void begin(int expert) {
            Initializer.initialize(trainer.weights(), Seeds.generator(config.seedExpert(), "expert-weights", expert));
        }

        /** Trains for an epoch; false if stopped before its last step. */
        boolean epoch(int expert, int epoch, Runnable done, BooleanSupplier stop) {
            long seed = Seeds.derive(config.seedExpert(), "expert", expert);
            for (int b = 0; b < batches(); b++) {
                step(seed, epoch, b);
                done.run();
                if (b < batches() - 1 && stop.getAsBoolean()) {
                    return false;
                }
            }
            return true;
        }

        /** Batches are as large as all others: the last of an epoch goes on with the first images of the next. */
        void step(long seed, int epoch, int b) {
            if (order == null || orderOf != seed) {
                order = new ShuffledSampler(source.size(), seed);
                orderOf = seed;
            }
            long position = ((long) (epoch - 1) * batches() + b) * batch.size();
            batch.fill(
                    source,
                    order.batch(position, batch.size()),
                    augmentation,
                    new CutMix(0),
                    Seeds.generator(seed, "augment", epoch, b));
            trainer.step(batch, config.lrExpert());
        }
    }
}
