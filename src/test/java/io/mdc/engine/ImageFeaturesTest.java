package io.mdc.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.batch.RealImages;
import io.mdc.condense.TinyRun;
import io.mdc.data.Dataset;
import io.mdc.engine.step.ParameterSet;
import io.mdc.testing.CountingMemory;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageFeaturesTest {
    private static ImageFeatures features(ChunkedGraph runner, Dataset data) {
        return new ImageFeatures(
                runner, new RealImages(runner.graph().backend().images(), data.train(), data.normalization()));
    }

    @Test
    void imagesOfClassesOfAnySizeGoThroughTheSameArrays() {
        CountingMemory memory = new CountingMemory(TestBackends.HOST.memory());
        new TinyRun().on(memory.in(TestBackends.HOST)).withTask(task -> {
            ParameterSet weights = task.runner().graph().newParameters();
            Initializer.initialize(weights, new SplittableRandom(1));
            ImageFeatures features = features(task.runner(), task.data());
            int[] many = IntStream.range(0, 20).toArray();
            int[] few = IntStream.range(30, 37).toArray();
            features.of(many, weights);
            double[][] alone = features(task.runner(), task.data()).of(few, weights);
            memory.taken();
            assertArrayEquals(alone, features.of(few, weights));
            features.of(many, weights);
            assertEquals(List.of(), memory.taken());
        });
    }
}
