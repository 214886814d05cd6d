package io.mdc.batch;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * A batch for training a network, filled again and again: images {@code [n, C, H, W]} with per-image augmentation and
 * CutMix, and targets {@code [n, classes]}.
 */
public final class TrainingBatch {
    private final Backend backend;
    private final Tensor images;
    private final Tensor targets;
    private final int classes;

    /** A batch of {@code n} images of shape {@code [C, H, W]}. */
    public TrainingBatch(Backend backend, int n, int[] image, int classes) {
        this.backend = backend;
        this.classes = classes;
        images = backend.zeros(n, image[0], image[1], image[2]);
        targets = backend.zeros(n, classes);
    }

    /** The images, overwritten by {@link #fill}. */
    public Tensor images() {
        return images;
    }

    /** The label weights, overwritten by {@link #fill}. */
    public Tensor targets() {
        return targets;
    }

    /** The number of images. */
    public int size() {
        return images.dim(0);
    }

    /**
     * Fills the batch with the numbered images, augmented and mixed.
     *
     * @throws IllegalArgumentException if there are not as many numbers as this batch has images
     */
    public void fill(
            ImageSource source, int[] numbers, Augmentation augmentation, CutMix cutMix, RandomGenerator random) {
        if (numbers.length != size()) {
            throw new IllegalArgumentException(numbers.length + " images for a batch of " + size());
        }
        source.load(numbers, images);
        augmentation.drawEach(random, images.dim(2), numbers.length).apply(backend.images(), images);
        double[] labels = oneHot(source, numbers);
        cutMix.apply(random, backend.images(), images, labels);
        targets.set(labels);
    }

    private double[] oneHot(ImageSource source, int[] numbers) {
        double[] labels = new double[numbers.length * classes];
        for (int i = 0; i < numbers.length; i++) {
            labels[i * classes + source.label(numbers[i])] = 1;
        }
        return labels;
    }
}
