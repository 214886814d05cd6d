package io.mdc.condense;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Dataset;
import io.mdc.data.ShuffledSampler;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Phase;
import io.mdc.engine.Phases;
import io.mdc.engine.Sgd;
import io.mdc.engine.TrainingConfig;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.VectorOps;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * θ trained on real images: it depends on data, network settings and seed, and not on the synthetic images.
 *
 * <p>{@code n-data} is rounded up to whole batches and limited to the whole data set, as in the authors' code.
 */
final class RealTrajectory implements Trajectory {
    private final CondenseConfig config;
    private final VectorOps vectors;
    private final Phases phases;
    private final NetworkTrainer trainer;
    private final TrainingBatch batch;
    private final RealImages source;
    private final ShuffledSampler sampler;
    private final Augmentation augmentation;
    private final CutMix cutMix;
    private final int batches;

    RealTrajectory(CondenseTask task) {
        config = task.config();
        Dataset data = task.data();
        ChunkedGraph runner = task.runner();
        vectors = runner.graph().backend().vectors();
        phases = runner.phases();
        TrainingConfig training = config.training();
        trainer = new NetworkTrainer(runner, new Sgd(training.netMomentum(), training.netDecay()));
        source = new RealImages(runner.graph().backend().images(), data.train(), data.normalization());
        sampler = new ShuffledSampler(source.size(), config.seed());
        augmentation = new Augmentation(training.augmentTrain(), data.normalization());
        cutMix = new CutMix(training.cutmixTrain());
        int size = config.loop().batchTrain();
        int wanted = Math.min(config.loop().nData(), source.size());
        batches = (wanted + size - 1) / size;
        batch = new TrainingBatch(runner.graph().backend(), size, runner.graph().imageShape(), data.classes());
    }

    @Override
    public ParameterSet weights() {
        return trainer.weights();
    }

    @Override
    public int steps() {
        return batches;
    }

    @Override
    public void begin(int outer) {
        Initializer.initialize(trainer.weights(), Seeds.generator(config.seed(), "weights", outer));
        vectors.fill(trainer.velocity().flat(), 0);
    }

    @Override
    public long warmUpBatches() {
        return (long) config.loop().warmUp() * ((source.size() + batch.size() - 1) / batch.size());
    }

    /** Trains on all real images, in an order of its own, for as many epochs as the settings say. */
    @Override
    public boolean warmUp(int outer, LongConsumer done, BooleanSupplier stop) {
        long seed = Seeds.derive(config.seed(), "warm-up", outer);
        ShuffledSampler order = new ShuffledSampler(source.size(), seed);
        long all = warmUpBatches();
        for (long b = 0; b < all; b++) {
            RandomGenerator random = Seeds.generator(seed, "augment", b);
            batch.fill(source, order.batch(b * batch.size(), batch.size()), augmentation, cutMix, random);
            trainer.step(batch, config.training().netLr());
            done.accept(b + 1);
            if (stop.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public double advance(Place place) {
        double total = 0;
        for (int b = 0; b < batches; b++) {
            total += step(place, b);
        }
        return total / batches;
    }

    @Override
    public void advanceOnce(Place place) {
        step(place, 0);
    }

    private double step(Place place, int b) {
        long position = (place.before(config.loop().inner()) * batches + b) * batch.size();
        RandomGenerator random = Seeds.generator(config.seed(), "augment-train", place.outer(), place.inner(), b);
        phases.time(
                Phase.AUGMENTATION,
                () -> batch.fill(source, sampler.batch(position, batch.size()), augmentation, cutMix, random));
        return trainer.step(batch, config.training().netLr());
    }

    @Override
    public State state() {
        return new State(flat(trainer.weights()), flat(trainer.velocity()));
    }

    private static NumpyArray flat(ParameterSet set) {
        float[] values = set.flat().toFloats();
        return NumpyArray.of(values, values.length);
    }

    @Override
    public void restore(State state) {
        trainer.weights().flat().set(state.weights().toFloats());
        trainer.velocity().flat().set(state.velocity().toFloats());
    }
}
