package io.mdc.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.condense.TinyRun;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterSet;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.testing.CountingMemory;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrefixFeaturesTest {
    private static PrefixFeatures features(CondenseTask task) {
        SyntheticSet images = new SyntheticSet(
                task.backend(), TinyRun.CLASSES, TinyRun.IPC, new int[] {3, TinyRun.SIZE, TinyRun.SIZE});
        SplittableRandom random = new SplittableRandom(2);
        images.images().set(random.doubles(images.images().size(), 0, 1).toArray());
        RealSampler first = (place, label, theta) -> task.data().train().indicesOfClass(label);
        return new PrefixFeatures(
                task, images, new MultiFormation(2, TinyRun.SIZE, TinyRun.SIZE), new RealLoader(task, first));
    }

    @Test
    void stepsGoThroughTheSameArrays() {
        CountingMemory memory = new CountingMemory(TestBackends.HOST.memory());
        new TinyRun("method", "mtt", "batch-real", "20")
                .on(memory.in(TestBackends.HOST))
                .withTask(task -> {
                    ParameterSet theta = task.runner().graph().newParameters();
                    Initializer.initialize(theta, new SplittableRandom(1));
                    PrefixFeatures features = features(task);
                    features.measure(theta, new Place(1, 1), 0);
                    features.measure(theta, new Place(1, 1), 1);
                    double[] alone = features(task).measure(theta, new Place(1, 2), 0);
                    memory.taken();
                    assertArrayEquals(alone, features.measure(theta, new Place(1, 2), 0));
                    int prefixes = TinyRun.IPC - 1;
                    assertEquals(
                            List.of(
                                    List.of(prefixes, task.runner().graph().features()),
                                    List.of(prefixes, 20 + 4 * TinyRun.IPC)),
                            memory.taken(),
                            "only the averaging of few numbers");
                });
    }
}
