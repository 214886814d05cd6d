package io.mdc.evaluate;

import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Samples;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** The share of real test images that a network puts into their class. Re-uses one block of memory; not thread-safe. */
final class TestAccuracy {
    private static final int BLOCK = 256;

    private final ChunkedGraph runner;
    private final RealImages source;
    private final Tensor images;

    TestAccuracy(ChunkedGraph runner, Dataset data) {
        this.runner = runner;
        Backend backend = runner.graph().backend();
        source = new RealImages(backend.images(), data.test(), data.normalization());
        int[] image = runner.graph().imageShape();
        int block = Math.min(BLOCK, source.size());
        images = backend.zeros(block, image[0], image[1], image[2]);
    }

    /** Accuracy in percent on the whole test set. */
    double percent(ParameterSet weights, ParameterSet statistics) {
        int right = 0;
        for (int from = 0; from < source.size(); from += images.dim(0)) {
            int[] numbers = IntStream.range(from, Math.min(source.size(), from + images.dim(0)))
                    .toArray();
            source.load(numbers, images.rows(0, numbers.length));
            List<Chunk> chunks = new Samples(images, null, null, 0).cut(0, numbers.length, runner.capacity(), 0, false);
            int[] predicted = runner.predict(weights, statistics, chunks);
            for (int i = 0; i < numbers.length; i++) {
                right += predicted[i] == source.label(numbers[i]) ? 1 : 0;
            }
        }
        return 100.0 * right / source.size();
    }
}
