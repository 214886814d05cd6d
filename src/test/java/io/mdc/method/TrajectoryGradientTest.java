package io.mdc.method;

import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.condense.TinyRun;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterSet;
import io.mdc.objective.TrajectoryMatching;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseTask;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole chain in double precision: the loss of a student after some steps on decoded, augmented minibatches,
 * against central differences in single pixels of the stored images and in the learning rate.
 */
class TrajectoryGradientTest {
    private static final double STEP = 1e-5;
    private static final int PIXELS = 4;
    private static final double RATE = 0.3;

    /** The loss as a function of the stored images and the rate. */
    private static final class Chain {
        private final SyntheticSet images;
        private final Tensor gradient;
        private final StudentBatches batches;
        private final TrajectoryMatching matching;
        private final ParameterSet start;
        private final ParameterSet target;
        private final int[] stored;

        Chain(TinyRun run, int[] stored, SplittableRandom random, Workers workers) {
            this.stored = stored;
            ChunkedGraph runner = new ChunkedGraph(run.graph(), workers, 7);
            CondenseTask task = new CondenseTask(run.config().condensing(), TinyRun.dataset(), runner);
            images = new SyntheticSet(
                    TestBackends.DOUBLE, TinyRun.CLASSES, TinyRun.IPC, new int[] {3, TinyRun.SIZE, TinyRun.SIZE});
            images.images().set(uniform(random, (int) images.images().size()));
            gradient = TestBackends.DOUBLE.zeros(images.images().shape());
            int factor = run.config().synthetic().factor();
            batches = new StudentBatches(
                    task, images, new MultiFormation(factor, TinyRun.SIZE, TinyRun.SIZE), 13, gradient);
            matching = new TrajectoryMatching(runner);
            start = runner.graph().newParameters();
            target = runner.graph().newParameters();
            Initializer.initialize(start, random);
            Initializer.initialize(target, random);
        }

        TrajectoryMatching.Result evaluate(double rate) {
            TestBackends.DOUBLE.vectors().fill(gradient, 0);
            return matching.evaluate(start, target, rate, batches.of(stored, 5, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2, 'color,crop,cutout', 3, 3, 3",
        "3, 1, 'color|crop|cutout|flip|scale|rotate', 3, 3, 3",
        "3, 2, 'rotate,color,scale,flip', 2, 2, 2",
        "1, 2, 'none', 1, 1, 1",
    })
    void everyPixelsGradientIsTheSlopeOfTheLoss(
            int steps, int factor, String augmentation, int first, int second, int third) {
        TinyRun run = new TinyRun(TinyRun.mtt(
                        "steps-student",
                        Integer.toString(steps),
                        "factor",
                        Integer.toString(factor),
                        "augment-match",
                        augmentation))
                .on(TestBackends.DOUBLE);
        SplittableRandom random = new SplittableRandom(steps + factor);
        int[] stored = {first, second, third};
        try (Workers workers = new Workers(2)) {
            Chain chain = new Chain(run, stored, random, workers);
            TrajectoryMatching.Result result = chain.evaluate(RATE);
            double[] gradient = chain.gradient.toDoubles();
            double[] values = chain.images.images().toDoubles();
            double typical = Math.sqrt(dot(gradient, gradient) / gradient.length);
            assertTrue(typical > 0);
            int moving = 0;
            for (int n = 0; n < PIXELS; n++) {
                int label = n % TinyRun.CLASSES;
                int image = label * TinyRun.IPC + random.nextInt(stored[label]);
                int pixel = image * TinyRun.IMAGE + random.nextInt(TinyRun.IMAGE);
                double slope = slope(chain, values, pixel);
                assertEquals(slope, gradient[pixel], 1e-6 * Math.max(Math.abs(slope), typical), "pixel " + pixel);
                moving += Math.abs(slope) > 0.01 * typical ? 1 : 0;
            }
            assertTrue(moving > PIXELS / 2, "only " + moving + " pixels have an influence");
            for (int label = 0; label < TinyRun.CLASSES; label++) {
                for (int i = stored[label]; i < TinyRun.IPC; i++) {
                    int from = (label * TinyRun.IPC + i) * TinyRun.IMAGE;
                    assertEquals(0, gradient[from + random.nextInt(TinyRun.IMAGE)], "outside of the prefix");
                }
            }
            double slope = (chain.evaluate(RATE + STEP).loss()
                            - chain.evaluate(RATE - STEP).loss())
                    / (2 * STEP);
            assertEquals(slope, result.rateGradient(), 1e-6 * Math.abs(slope));
        }
    }

    private static double slope(Chain chain, double[] values, int pixel) {
        double value = values[pixel];
        values[pixel] = value + STEP;
        chain.images.images().set(values);
        double ahead = chain.evaluate(RATE).loss();
        values[pixel] = value - STEP;
        chain.images.images().set(values);
        double behind = chain.evaluate(RATE).loss();
        values[pixel] = value;
        chain.images.images().set(values);
        return (ahead - behind) / (2 * STEP);
    }
}
