package io.mdc.objective;

import io.mdc.engine.Chunk;
import io.mdc.engine.Samples;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Both batches of a step cut into chunks, none of which crosses the end of a prefix that counts: the real images are
 * group 0, the synthetic ones between two ends are a part and group 1, 2, …; those that are not frozen are recorded.
 *
 * @param ends of the parts in synthetic images, ascending, the last being their number; never written to
 * @param frozen leading synthetic images that are not recorded
 * @param chunks of all groups in order
 * @param outputs for every chunk its rows of the gradient; null for real ones
 * @param realChunks how many of the chunks are of real images
 * @param images number of synthetic images
 */
record Parts(int[] ends, int frozen, List<Chunk> chunks, List<Tensor> outputs, int realChunks, int images) {
    static final int REAL = 0;

    /** The ends that these prefixes need among {@code images} synthetic images. */
    static int[] ends(Prefixes prefixes, int images) {
        return Stream.of(
                        prefixes.weights().keySet().stream()
                                .filter(size -> prefixes.weight(size) > 0)
                                .mapToInt(Integer::intValue),
                        IntStream.of(prefixes.frozen(), images),
                        Arrays.stream(prefixes.measured()))
                .flatMapToInt(ends -> ends)
                .filter(end -> end > 0)
                .sorted()
                .distinct()
                .toArray();
    }

    /**
     * Cuts.
     *
     * @param features {@code [B + M, features]}, to be overwritten by passes
     * @param gradient {@code [M, C, H, W]}, to be overwritten by passes
     * @param largest most samples of a chunk
     */
    static Parts cut(Batches batches, Prefixes prefixes, Tensor features, Tensor gradient, int largest) {
        int real = batches.real().size();
        int images = batches.synthetic().size();
        int[] ends = ends(prefixes, images);
        Tensor ownFeatures = features.rows(real, real + images);
        Tensor realFeatures = features.rows(0, real);
        List<Chunk> chunks =
                new ArrayList<>(samples(batches.real().images(), batches.real().targets(), realFeatures)
                        .cut(0, real, largest, REAL, false));
        int ofReal = chunks.size();
        List<Tensor> outputs = new ArrayList<>();
        chunks.forEach(chunk -> outputs.add(null));
        Samples synthetic =
                samples(batches.synthetic().images(), batches.synthetic().targets(), ownFeatures);
        int from = 0;
        for (int k = 0; k < ends.length; k++) {
            int start = from;
            for (Chunk chunk : synthetic.cut(from, ends[k], largest, k + 1, ends[k] > prefixes.frozen())) {
                chunks.add(chunk);
                outputs.add(gradient.rows(start, start + chunk.size()));
                start += chunk.size();
            }
            from = ends[k];
        }
        return new Parts(ends, prefixes.frozen(), chunks, outputs, ofReal, images);
    }

    private static Samples samples(Tensor images, Tensor targets, Tensor features) {
        return new Samples(images, targets, features, 1.0 / images.dim(0));
    }

    /** The same without the chunks of real images. */
    Parts synthetic() {
        return new Parts(
                ends,
                frozen,
                chunks.subList(realChunks, chunks.size()),
                outputs.subList(realChunks, outputs.size()),
                0,
                images);
    }

    /** Whether these are the parts for the same prefixes. */
    boolean serve(Prefixes prefixes) {
        return frozen == prefixes.frozen() && Arrays.equals(ends, ends(prefixes, images));
    }
}
