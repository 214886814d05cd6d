package io.mdc.trajectory;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.ShuffledSampler;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Phase;
import io.mdc.engine.Sgd;
import io.mdc.engine.step.ParameterSet;
import io.mdc.evaluate.PrefixImages;
import io.mdc.numpy.NumpyArray;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.tensor.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * θ trained on the synthetic images, all tiles of all classes, with the augmentation of matching steps and a draw for
 * every image. Every inner loop but the last of an outer loop ends with it. It cannot be shared: it depends on S.
 *
 * <p>Batches are filled up from the next epoch, as they are everywhere here; where a batch holds all images there is no
 * difference to the published code.
 */
public final class OwnTrajectory implements Trajectory {
    private static final NumpyArray NONE = NumpyArray.of(new float[0], 0);

    private final CondenseTask task;
    private final SyntheticSet images;
    private final NetworkTrainer trainer;
    private final TrainingBatch batch;
    private final Augmentation augmentation;
    private final int size;
    private final int batches;

    /**
     * θ of a task, not drawn yet.
     *
     * @param images S, only read
     */
    public OwnTrajectory(CondenseTask task, SyntheticSet images) {
        this.task = task;
        this.images = images;
        CondenseConfig config = task.config();
        trainer = new NetworkTrainer(task.runner(), new Sgd(0, 0));
        augmentation =
                new Augmentation(config.matching().augmentMatch(), task.data().normalization());
        size = images.classes() * config.synthetic().decodedPerClass();
        int ofBatch = Math.min(size, config.own().batchOwn());
        batches = config.own().epochs(images.ipc()) * ((size + ofBatch - 1) / ofBatch);
        batch = new TrainingBatch(task.backend(), ofBatch, task.runner().graph().imageShape(), images.classes());
    }

    @Override
    public ParameterSet weights() {
        return trainer.weights();
    }

    @Override
    public void begin(int outer) {
        Initializer.initialize(trainer.weights(), Seeds.generator(task.config().seed(), "weights", outer));
    }

    @Override
    public OptionalDouble advance(Place place) {
        return place.inner() == task.config().loop().inner()
                ? OptionalDouble.empty()
                : OptionalDouble.of(train(place, batches));
    }

    @Override
    public void advanceOnce(Place place) {
        train(place, 1);
    }

    /** The mean loss of some steps on the images as they are now. */
    private double train(Place place, int steps) {
        PrefixImages source = PrefixImages.of(
                images,
                task.config().synthetic().factor(),
                task.backend(),
                task.data().normalization());
        long seed = Seeds.derive(task.config().seed(), "own", place.outer(), place.inner());
        ShuffledSampler order = new ShuffledSampler(size, seed);
        CutMix unmixed = new CutMix(0);
        List<Numbers> losses = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            int[] numbers = order.batch((long) step * batch.size(), batch.size());
            RandomGenerator random = Seeds.generator(seed, "augment", step);
            task.runner()
                    .phases()
                    .time(Phase.AUGMENTATION, () -> batch.fill(source, numbers, augmentation, unmixed, random));
            losses.add(trainer.step(batch, task.config().own().lrOwn()));
        }
        return Numbers.sum(losses) / steps;
    }

    @Override
    public int steps() {
        return batches;
    }

    @Override
    public long steps(int innerLoops) {
        return (innerLoops - 1L) * batches;
    }

    @Override
    public State state() {
        float[] values = trainer.weights().flat().toFloats();
        return new State(NumpyArray.of(values, values.length), NONE);
    }

    @Override
    public void restore(State state) {
        trainer.weights().flat().set(state.weights().toFloats());
    }
}
