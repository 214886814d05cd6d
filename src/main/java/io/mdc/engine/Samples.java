package io.mdc.engine;

import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of a pass, which {@link #cut} parts into chunks.
 *
 * @param images {@code [n, C, H, W]}, read only
 * @param targets {@code [n, classes]}, rows summing to 1 (hard or soft labels), read only; null where no cross-entropy
 *     is asked for
 * @param features {@code [n, features]}, overwritten with the last feature layer; null if not wanted
 * @param probabilities {@code [n, classes]}, overwritten with the softmax where there is a cross-entropy; null if not
 *     wanted
 * @param weight factor of every sample's cross-entropy
 */
public record Samples(Tensor images, Tensor targets, Tensor features, Tensor probabilities, double weight) {

    /** Samples whose probabilities are not wanted. */
    public Samples(Tensor images, Tensor targets, Tensor features, double weight) {
        this(images, targets, features, null, weight);
    }

    /** Samples without features, for the mean of their cross-entropies. */
    public static Samples mean(Tensor images, Tensor targets) {
        return mean(images, targets, null);
    }

    /** Samples without features, for the mean of their cross-entropies and, unless null, their probabilities. */
    static Samples mean(Tensor images, Tensor targets, Tensor probabilities) {
        return new Samples(images, targets, null, probabilities, 1.0 / images.dim(0));
    }

    /**
     * Parts rows {@code from} to {@code to} into few chunks of at most {@code largest} samples, of sizes as equal as
     * possible; an even number of them, so that two threads end together, unless there is only one sample.
     *
     * @param group as in {@link Chunk}
     * @param recorded as in {@link Chunk}
     */
    public List<Chunk> cut(int from, int to, int largest, int group, boolean recorded) {
        int fewest = (to - from + largest - 1) / largest;
        return parts(from, to, Math.min(to - from, fewest + fewest % 2), group, recorded);
    }

    /** As few chunks as can be; else as {@link #cut}. */
    public List<Chunk> fewest(int from, int to, int largest, int group, boolean recorded) {
        return parts(from, to, (to - from + largest - 1) / largest, group, recorded);
    }

    /** All samples as one chunk. */
    List<Chunk> whole() {
        return parts(0, images.dim(0), 1, 0, false);
    }

    private List<Chunk> parts(int from, int to, int count, int group, boolean recorded) {
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int start = from + (int) ((long) (to - from) * i / count);
            int end = from + (int) ((long) (to - from) * (i + 1) / count);
            chunks.add(new Chunk(
                    images.rows(start, end),
                    targets == null ? null : targets.rows(start, end),
                    features == null ? null : features.rows(start, end),
                    probabilities == null ? null : probabilities.rows(start, end),
                    weight,
                    group,
                    recorded));
        }
        return chunks;
    }
}
