package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DivergedException;
import io.mdc.data.Dataset;
import io.mdc.data.LoadRequest;
import io.mdc.shapes.Shapes;
import io.mdc.task.MlsEvent;
import io.mdc.tensor.Backend;
import io.mdc.testing.Numbers;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CondenserTest {
    private static float[] imagesOf(TinyRun run) {
        assertTrue(run.run());
        return run.images();
    }

    private static float[] weights(CondenseState state) {
        return state.network().weights().toFloats();
    }

    @Test
    void aMethodIsABaseMethodAndASubsetLoss() {
        float[] mdc = imagesOf(new TinyRun());
        float[] idc = imagesOf(new TinyRun("method", "idc"));
        assertArrayEquals(mdc, imagesOf(new TinyRun("method", "idc", "subset", "adaptive")));
        assertArrayEquals(idc, imagesOf(new TinyRun("subset", "none")));
        assertFalse(Arrays.equals(mdc, idc));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherDoesNot() {
        TinyRun first = new TinyRun();
        TinyRun second = new TinyRun();
        assertArrayEquals(imagesOf(first), imagesOf(second));
        for (int i = 0; i < first.metrics.size(); i++) {
            assertEquals(first.metrics.get(i).loss(), second.metrics.get(i).loss());
        }
        assertFalse(Arrays.equals(first.images(), imagesOf(new TinyRun("seed", "5"))));
    }

    @ParameterizedTest
    @CsvSource({"1,4", "3,4", "2,4", "7,4", "16,4"})
    void anyNumberOfThreadsGivesTheSameBits(int threads, int chunk) {
        assertArrayEquals(imagesOf(new TinyRun()), imagesOf(new TinyRun().threads(threads, chunk)));
    }

    @Test
    void anySizeOfChunksGivesTheSameUpToRounding() {
        assertClose(imagesOf(new TinyRun()), imagesOf(new TinyRun().threads(2, 100)), 1e-4);
    }

    @Test
    void backendsAgreeUpToRounding() {
        String[] small = {"outer", "2", "inner", "1", "n-data", "10"};
        float[] expected = imagesOf(new TinyRun(small).on(TestBackends.DOUBLE));
        for (Backend backend : List.of(TestBackends.FLOAT, TestBackends.HOST)) {
            assertClose(expected, imagesOf(new TinyRun(small).on(backend)), 1e-3);
        }
    }

    private static void assertClose(float[] expected, float[] actual, double tolerance) {
        Numbers.assertClose(widened(expected), widened(actual), tolerance);
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void aStoppedRunGoesOnWithTheSameBits(int innerLoops) {
        TinyRun whole = new TinyRun("freezing", "retired", "class-wise", "true");
        float[] expected = imagesOf(whole);
        TinyRun stopped = new TinyRun("freezing", "retired", "class-wise", "true").stopAfter(innerLoops);
        assertFalse(stopped.run());
        assertEquals(innerLoops, stopped.metrics.size());
        CondenseState state = last(stopped.checkpoints);
        TinyRun resumed = new TinyRun("freezing", "retired", "class-wise", "true").threads(1, 4);
        assertTrue(resumed.resume(state));
        assertArrayEquals(expected, resumed.images());
        assertEquals(6 - innerLoops, resumed.metrics.size());
        for (int i = 0; i < resumed.metrics.size(); i++) {
            assertEquals(
                    whole.metrics.get(innerLoops + i).loss(),
                    resumed.metrics.get(i).loss());
        }
        assertEquals(whole.selections.size(), stopped.selections.size() + resumed.selections.size());
        assertEquals(
                last(whole.checkpoints).images().selections(),
                last(resumed.checkpoints).images().selections());
    }

    @Test
    void aRunGoesOnFromEveryCheckpoint() {
        TinyRun whole = new TinyRun();
        float[] expected = imagesOf(whole);
        for (CondenseState state : whole.checkpoints) {
            TinyRun resumed = new TinyRun();
            assertTrue(resumed.resume(state));
            assertArrayEquals(expected, resumed.images(), "from outer loop " + state.outer());
        }
    }

    @Test
    void checkpointsAreTakenEveryPeriodAndAtTheEnd() {
        TinyRun run = new TinyRun("outer", "7", "inner", "1", "period", "3", "n-data", "0");
        assertTrue(run.run());
        assertEquals(
                List.of("4.0", "7.0", "8.0"),
                run.checkpoints.stream().map(s -> s.outer() + "." + s.inner()).toList());
        for (CondenseState state : run.checkpoints) {
            int pixels = TinyRun.CLASSES * TinyRun.IPC * TinyRun.IMAGE;
            int weights = 4 * 27 + 4 + 8 + 4 * 36 + 4 + 8 + 16 * 3 + 3;
            assertEquals(pixels, state.images().images().toFloats().length);
            assertEquals(pixels, state.images().velocity().toFloats().length);
            assertEquals(weights, state.network().weights().toFloats().length);
            assertEquals(weights, state.network().velocity().toFloats().length);
            assertEquals(1, state.images().subsets().size());
        }
        // selected after t = 1, 3, 6
        assertEquals(
                List.of(2, 3, 3),
                run.checkpoints.stream()
                        .map(state -> state.images().selections())
                        .toList());
        assertArrayEquals(run.images(), last(run.checkpoints).images().images().toFloats());
    }

    @Test
    void stoppingTakesACheckpointInsideTheLoop() {
        TinyRun run = new TinyRun("period", "100").stopAfter(3);
        assertFalse(run.run());
        assertEquals(1, run.checkpoints.size());
        assertEquals(2, run.checkpoints.get(0).outer());
        assertEquals(1, run.checkpoints.get(0).inner());
        assertArrayEquals(run.images(), run.checkpoints.get(0).images().images().toFloats());
    }

    @Test
    void aStateOfAnotherConfigurationIsRefused() {
        TinyRun run = new TinyRun("outer", "1", "inner", "1");
        run.run();
        CondenseState state = last(run.checkpoints);
        for (String[] other :
                new String[][] {{"ipc", "2"}, {"width", "5"}, {"method", "idc"}, {"class-wise", "true"}}) {
            assertThrows(IllegalArgumentException.class, () -> new TinyRun(other).resume(state), other[0]);
        }
    }

    @Test
    void withoutTrainingTheNetworkStaysAsDrawn() {
        TinyRun run = new TinyRun("n-data", "0", "outer", "1");
        assertTrue(run.run());
        for (LoopMetrics metrics : run.metrics) {
            assertNull(metrics.trainLoss());
        }
        assertArrayEquals(
                new float[weights(last(run.checkpoints)).length],
                last(run.checkpoints).network().velocity().toFloats());
    }

    @Test
    void everyOuterLoopDrawsNewWeightsAndClampsTheImages() {
        TinyRun run = new TinyRun("n-data", "0", "inner", "1", "lr-img", "100");
        List<Boolean> outside = new ArrayList<>();
        run.afterInnerLoop(condenser -> {
            float[] now = condenser.images().images().toFloats();
            boolean any = false;
            for (float value : now) {
                any |= value < 0 || value > 1;
            }
            outside.add(any);
        });
        assertTrue(run.run());
        assertTrue(outside.contains(true), "steps should leave [0, 1] here");
        for (float value : run.images()) {
            assertTrue(value >= 0 && value <= 1);
        }
        float[] first = weights(run.checkpoints.get(0));
        assertFalse(Arrays.equals(first, weights(run.checkpoints.get(1))));
    }

    @Test
    void aLearningRateOfZeroLeavesTheImages() {
        TinyRun still = new TinyRun("lr-img", "0", "outer", "1", "inner", "1");
        float[] images = imagesOf(still);
        float[] later = imagesOf(new TinyRun("lr-img", "0", "outer", "2", "inner", "2"));
        assertArrayEquals(images, later);
        assertFalse(Arrays.equals(images, imagesOf(new TinyRun("outer", "1", "inner", "1"))));
    }

    @Test
    void moreImagesThanABatchHoldsAreSampled() {
        TinyRun run = new TinyRun("batch-syn-max", "5");
        float[] images = imagesOf(run);
        assertArrayEquals(images, imagesOf(new TinyRun("batch-syn-max", "5").threads(1, 4)));
        assertFalse(Arrays.equals(images, imagesOf(new TinyRun())));
        for (List<MlsEvent> events : run.selections) {
            assertTrue(Double.isFinite(events.get(0).distance().get(1)), "measured where it has images");
        }
    }

    @Test
    void aLossThatIsNotFiniteEndsTheRunWithAdvice() {
        String message = assertThrows(
                        DivergedException.class,
                        () -> new TinyRun("net-lr", "100", "net-decay", "1", "inner", "40", "outer", "1").run())
                .getMessage();
        assertTrue(message.contains("--net-lr"), message);
    }

    @Test
    void shapesAreCondensed() {
        Dataset shapes = new Shapes(3, 200, 10).load(LoadRequest.of(null));
        TinyRun run = new TinyRun("outer", "2", "inner", "1", "batch-real", "8").of(shapes);
        float[] images = imagesOf(run);
        assertEquals(10 * 3 * 3 * 32 * 32, images.length);
        assertEquals(2, run.selections.size());
        assertArrayEquals(
                images,
                imagesOf(new TinyRun("outer", "2", "inner", "1", "batch-real", "8")
                        .of(shapes)
                        .threads(1, 4)));
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    @Test
    void everyNetworkIsWarmedUpAndAnInterruptedWarmUpIsRepeated() {
        TinyRun cold = new TinyRun();
        assertTrue(cold.run());
        assertEquals(List.of(), cold.warmUps);
        TinyRun whole = new TinyRun("warm-up", "2");
        assertTrue(whole.run());
        // 60 images in batches of 10, two epochs, three networks
        assertEquals(36, whole.warmUps.size());
        assertEquals("3 12", whole.warmUps.get(35));
        assertFalse(Arrays.equals(cold.images(), whole.images()));
        assertTrue(whole.metrics.get(0).trainLoss() < cold.metrics.get(0).trainLoss());

        TinyRun stopped = new TinyRun("warm-up", "2").stopInWarmUp(2, 5);
        assertFalse(stopped.run());
        assertEquals(2, stopped.metrics.size());
        TinyRun resumed = new TinyRun("warm-up", "2");
        assertTrue(resumed.resume(stopped.checkpoints.get(stopped.checkpoints.size() - 1)));
        assertEquals("2 1", resumed.warmUps.get(0));
        assertArrayEquals(whole.images(), resumed.images());
    }
}
