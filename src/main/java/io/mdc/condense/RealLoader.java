package io.mdc.condense;

import io.mdc.augment.Augmentation;
import io.mdc.augment.Transform;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.objective.LabelledImages;
import io.mdc.objective.RealBatch;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * The real images of matching steps: sampled, normalised, and augmented as the synthetic ones are; loaded once for all
 * that share it.
 */
final class RealLoader {
    private final CondenseConfig config;
    private final ChunkedGraph runner;
    private final Backend backend;
    private final RealImages source;
    private final RealSampler sampler;
    private final Augmentation augmentation;
    private final Tensor targets;
    private final RealBatch batch;
    private Place place;
    private int label = -1;

    RealLoader(CondenseTask task, RealSampler sampler) {
        config = task.config();
        runner = task.runner();
        backend = task.backend();
        this.sampler = sampler;
        Dataset data = task.data();
        source = new RealImages(backend.images(), data.train(), data.normalization());
        augmentation = new Augmentation(config.matching().augmentMatch(), data.normalization());
        int n = config.matching().batchReal();
        int[] shape = task.runner().graph().imageShape();
        targets = backend.zeros(n, data.classes());
        batch = RealBatch.remembering(new LabelledImages(backend.zeros(n, shape[0], shape[1], shape[2]), targets));
    }

    /** The loader of all that share its settings with this task. */
    static RealLoader of(CondenseTask task) {
        BaseMethod base = task.config().method().method().base();
        return task.sharing()
                .part(
                        RealLoader.class,
                        () -> new RealLoader(task, base.sampler(task)),
                        base.getClass(),
                        task.config().matching().batchReal(),
                        task.config().matching().augmentMatch(),
                        task.config().choice(),
                        task.config().loop(),
                        task.config().seed());
    }

    /** The batch that {@link #load} fills. */
    RealBatch batch() {
        return batch;
    }

    /** See {@link RealSampler#chosen}. */
    Optional<NumpyArray> chosen() {
        return sampler.chosen();
    }

    /** See {@link RealSampler#restore}. */
    void restore(NumpyArray chosen) {
        sampler.restore(chosen);
        place = null;
    }

    /** What happens to the images of both batches of a step. */
    Transform augmentation(Place at, int ofLabel) {
        return augmentation.drawShared(
                Seeds.generator(config.seed(), "augment-match", at.outer(), at.inner(), ofLabel),
                batch.images().dim(2));
    }

    /** Fills the batch with the images of a step, unless it has them. */
    void load(ParameterSet theta, Place at, int ofLabel) {
        if (at.equals(place) && ofLabel == label) {
            return;
        }
        if (ofLabel != label) {
            Targets.aim(targets, ofLabel);
        }
        place = at;
        label = ofLabel;
        batch.changed();
        int[] numbers = sampler.batch(at, ofLabel, theta);
        Transform augment = augmentation(at, ofLabel);
        runner.inChunks(numbers.length, (from, to) -> {
            Tensor images = batch.images().rows(from, to);
            source.load(Arrays.copyOfRange(numbers, from, to), images);
            augment.apply(backend.images(), images);
        });
    }
}
