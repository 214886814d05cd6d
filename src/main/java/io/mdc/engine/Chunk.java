package io.mdc.engine;

import io.mdc.tensor.Tensor;

/**
 * A few samples that go through a graph together, small enough to stay in the cache; {@link Samples#cut} makes them.
 *
 * @param images {@code [n, C, H, W]}, read only
 * @param targets {@code [n, classes]}, rows summing to 1, read only; null where no cross-entropy is asked for
 * @param features {@code [n, features]}, overwritten with the last feature layer; null if not wanted
 * @param probabilities {@code [n, classes]}, overwritten with the softmax where there is a cross-entropy; null if not
 *     wanted
 * @param weight factor of every sample's cross-entropy
 * @param group number of the sum that the chunk's weight gradient is added to
 * @param recorded whether a {@link Recording} keeps what is computed, for passes from there on
 */
public record Chunk(
        Tensor images,
        Tensor targets,
        Tensor features,
        Tensor probabilities,
        double weight,
        int group,
        boolean recorded) {

    /** The same with another group. */
    public Chunk ofGroup(int number) {
        return new Chunk(images, targets, features, probabilities, weight, number, recorded);
    }

    /** The number of samples. */
    public int size() {
        return images.dim(0);
    }
}
