package io.mdc.evaluate;

import io.mdc.batch.ImageSource;
import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Samples;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Which of some real images a network puts into their class. Re-uses one block of memory; not thread-safe. */
public final class RealAccuracy {
    private static final int BLOCK = 256;

    private final ChunkedGraph runner;
    private final ImageSource source;
    private final int[] numbers;
    private final Tensor images;

    /**
     * Measures on the numbered images of {@code source}.
     *
     * @param runner runs the network
     * @param numbers at least one; copied
     */
    public RealAccuracy(ChunkedGraph runner, ImageSource source, int[] numbers) {
        this.runner = runner;
        this.source = source;
        this.numbers = numbers.clone();
        int[] image = runner.graph().imageShape();
        images = runner.graph().backend().zeros(Math.min(BLOCK, numbers.length), image[0], image[1], image[2]);
    }

    /** For every image, in order, whether its class is what the network answers. */
    public boolean[] right(NetworkTrainer network) {
        boolean[] right = new boolean[numbers.length];
        for (int from = 0; from < numbers.length; from += images.dim(0)) {
            int[] block = Arrays.copyOfRange(numbers, from, Math.min(numbers.length, from + images.dim(0)));
            source.load(block, images.rows(0, block.length));
            List<Chunk> chunks = new Samples(images, null, null, 0).cut(0, block.length, runner.capacity(), 0, false);
            int[] predicted = runner.predict(network.weights(), network.statistics(), chunks);
            for (int i = 0; i < block.length; i++) {
                right[from + i] = predicted[i] == source.label(block[i]);
            }
        }
        return right;
    }

    /** Accuracy in percent on all of them. */
    double percent(NetworkTrainer network) {
        int count = 0;
        for (boolean right : right(network)) {
            count += right ? 1 : 0;
        }
        return 100.0 * count / numbers.length;
    }
}
