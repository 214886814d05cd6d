package io.mdc.engine;

import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A few samples that go through a graph together, small enough to stay in the cache.
 *
 * @param images {@code [n, C, H, W]}, read only
 * @param targets {@code [n, classes]}, rows summing to 1, read only
 * @param features {@code [n, features]}, overwritten with the last feature layer; null if not wanted
 * @param weight factor of every sample's loss in the gradient
 * @param group number of the sum that the chunk's weight gradient is added to
 * @param recorded whether a tangent will be asked for, so that its activations are kept
 */
public record Chunk(Tensor images, Tensor targets, Tensor features, double weight, int group, boolean recorded) {

    /**
     * Cuts rows {@code from} to {@code to} of a batch into few chunks of at most {@code largest} samples, of sizes as
     * equal as possible; an even number of them, so that two threads end together.
     */
    public static List<Chunk> cut(
            Tensor images,
            Tensor targets,
            Tensor features,
            double weight,
            int group,
            boolean recorded,
            int from,
            int to,
            int largest) {
        int fewest = (to - from + largest - 1) / largest;
        int count = Math.min(to - from, fewest + fewest % 2);
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int start = from + (int) ((long) (to - from) * i / count);
            int end = from + (int) ((long) (to - from) * (i + 1) / count);
            chunks.add(new Chunk(
                    images.rows(start, end),
                    targets.rows(start, end),
                    features == null ? null : features.rows(start, end),
                    weight,
                    group,
                    recorded));
        }
        return chunks;
    }
}
