package io.mdc.method;

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
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final List<RealBatch> batches = new ArrayList<>();
    private final ClassImages images;
    private final int size;
    private final int[] targetsOf;
    private Place place;
    private List<Integer> labels = List.of();

    RealLoader(CondenseTask task, RealSampler sampler) {
        config = task.config();
        runner = task.runner();
        backend = task.backend();
        this.sampler = sampler;
        Dataset data = task.data();
        source = new RealImages(backend.images(), data.train(), data.normalization());
        augmentation = new Augmentation(config.matching().augmentMatch(), data.normalization());
        size = config.matching().batchReal();
        int atOnce = task.classesAtOnce();
        images = new ClassImages(runner, atOnce, size);
        Tensor targets = backend.zeros(atOnce * size, data.classes());
        for (int i = 0; i < atOnce; i++) {
            batches.add(
                    RealBatch.remembering(new LabelledImages(images.of(i), targets.rows(i * size, (i + 1) * size))));
        }
        targetsOf = new int[atOnce];
        Arrays.fill(targetsOf, -1);
    }

    /** The loader of all that share its method and settings with this task. */
    static RealLoader of(CondenseTask task, BaseMethod base) {
        return task.sharing()
                .part(
                        RealLoader.class,
                        () -> new RealLoader(task, base.sampler(task)),
                        base.getClass(),
                        task.classesAtOnce(),
                        task.config().matching().batchReal(),
                        task.config().matching().augmentMatch(),
                        task.config().choice(),
                        task.config().loop(),
                        task.config().seed());
    }

    /** The batch that {@link #load} fills with images of the class that it is told at position {@code i}. */
    RealBatch batch(int i) {
        return batches.get(i);
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
                batches.get(0).images().dim(2));
    }

    /** Fills batches with the images of steps of some classes, unless they have them. */
    void load(ParameterSet theta, Place at, List<Integer> ofLabels) {
        if (at.equals(place) && ofLabels.equals(labels)) {
            return;
        }
        place = null; // a choice may fail, and what is here then is of no place
        labels = List.copyOf(ofLabels);
        int[] numbers = new int[labels.size() * size];
        List<Transform> augments = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            int label = labels.get(i);
            if (label != targetsOf[i]) {
                Targets.aim(batches.get(i).targets(), label);
                targetsOf[i] = label;
            }
            batches.get(i).changed();
            System.arraycopy(sampler.batch(at, label, theta), 0, numbers, i * size, size);
            augments.add(augmentation(at, label));
        }
        images.fill((from, to, some) -> source.load(Arrays.copyOfRange(numbers, from, to), some), augments);
        place = at;
    }
}
