package io.mdc.trajectory;

import io.mdc.base.Seeds;
import io.mdc.data.ShuffledSampler;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.tensor.VectorOps;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * θ trained on real images: it depends on data, network settings and seed, and not on the synthetic images.
 *
 * <p>{@code n-data} is rounded up to whole batches and limited to the whole data set, as in the authors' code.
 */
public final class RealTrajectory implements Trajectory {
    private final CondenseConfig config;
    private final VectorOps vectors;
    private final RealTraining training;
    private final ShuffledSampler sampler;
    private final int batches;

    /** θ of a task, not drawn yet. */
    public RealTrajectory(CondenseTask task) {
        config = task.config();
        vectors = task.backend().vectors();
        training = new RealTraining(task);
        sampler = new ShuffledSampler(training.images(), config.seed());
        int size = training.batchSize();
        int wanted = Math.min(config.loop().nData(), training.images());
        batches = (wanted + size - 1) / size;
    }

    @Override
    public ParameterSet weights() {
        return training.trainer().weights();
    }

    @Override
    public int steps() {
        return batches;
    }

    @Override
    public void begin(int outer) {
        Initializer.initialize(training.trainer().weights(), Seeds.generator(config.seed(), "weights", outer));
        vectors.fill(training.trainer().velocity().flat(), 0);
    }

    @Override
    public long warmUpBatches() {
        int size = training.batchSize();
        return (long) config.loop().warmUp() * ((training.images() + size - 1) / size);
    }

    /** Trains on all real images, in an order of its own, for as many epochs as the settings say. */
    @Override
    public boolean warmUp(int outer, LongConsumer done, BooleanSupplier stop) {
        return training.run(Seeds.derive(config.seed(), "warm-up", outer), warmUpBatches(), done, stop);
    }

    @Override
    public OptionalDouble advance(Place place) {
        return batches == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(training.steps(draws(place, batches)).first() / batches);
    }

    @Override
    public void advanceOnce(Place place) {
        training.steps(draws(place, 1)).first();
    }

    private List<RealTraining.Draw> draws(Place place, int count) {
        int size = training.batchSize();
        long first = place.before(config.loop().inner()) * batches;
        return IntStream.range(0, count)
                .mapToObj(b -> new RealTraining.Draw(
                        sampler.batch((first + b) * size, size),
                        Seeds.generator(config.seed(), "augment-train", place.outer(), place.inner(), b)))
                .toList();
    }

    @Override
    public State state() {
        return new State(
                flat(training.trainer().weights()), flat(training.trainer().velocity()));
    }

    private static NumpyArray flat(ParameterSet set) {
        float[] values = set.flat().toFloats();
        return NumpyArray.of(values, values.length);
    }

    @Override
    public void restore(State state) {
        training.trainer().weights().flat().set(state.weights().toFloats());
        training.trainer().velocity().flat().set(state.velocity().toFloats());
    }
}
