package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.data.Dataset;
import io.mdc.data.LoadRequest;
import io.mdc.shapes.Shapes;
import io.mdc.tensor.Backend;
import io.mdc.testing.Numbers;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
    @CsvSource({"1,4", "3,4", "2,4"})
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
    void frozenImagesRestUntilTheNextSelection() {
        TinyRun run = new TinyRun("outer", "8", "inner", "2", "class-wise", "true", "ipc", "4", "n-data", "10");
        List<float[]> resting = new ArrayList<>();
        int[] frozenSteps = {0};
        run.afterInnerLoop(condenser -> {
            float[] now = condenser.images().images().toFloats();
            float[] before = resting.isEmpty() ? now : resting.get(0);
            resting.clear();
            resting.add(now);
            List<MlsEvent> events = run.selections.isEmpty() ? List.of() : last(run.selections);
            for (MlsEvent event : events) {
                for (int i = 0; i < 4; i++) {
                    int from = (event.label() * 4 + i) * TinyRun.IMAGE;
                    boolean moved = false;
                    for (int k = from; k < from + TinyRun.IMAGE; k++) {
                        // frozen images are clamped with all others at the start of an outer loop
                        moved |= now[k] != before[k] && now[k] != Math.min(1, Math.max(0, before[k]));
                    }
                    assertEquals(i >= event.frozen(), moved, "image " + i + " of " + event);
                }
                frozenSteps[0] += event.frozen() > 0 ? 1 : 0;
            }
        });
        assertTrue(run.run());
        assertTrue(frozenSteps[0] > 3, "frozen steps: " + frozenSteps[0]);
    }

    @Test
    void withoutFreezingAllImagesMove() {
        TinyRun run = new TinyRun("outer", "8", "inner", "1", "class-wise", "true", "freezing", "none");
        assertTrue(run.run());
        assertEquals(8, run.selections.size());
        for (List<MlsEvent> events : run.selections) {
            events.forEach(event -> assertEquals(0, event.frozen()));
        }
    }

    @Test
    void theSubsetLossBeginsAfterTheFirstSelection() {
        TinyRun run = new TinyRun();
        assertTrue(run.run());
        assertEquals(6, run.metrics.size());
        for (LoopMetrics metrics : run.metrics) {
            assertTrue(metrics.baseLoss() > 0);
            assertEquals(metrics.outer() > 1, metrics.subsetLoss() > 0, metrics::toString);
            assertEquals(metrics.baseLoss() + metrics.subsetLoss(), metrics.loss(), 1e-12);
            assertNotNull(metrics.trainLoss());
        }
        assertEquals(List.of("-", "-", "1", "1"), run.sizes.subList(0, 4));
        MlsEvent first = run.selections.get(0).get(0);
        assertEquals(1, first.selected());
        assertEquals(1, first.outer());
        assertNull(first.label());
        assertNull(first.rate());
        assertEquals(TinyRun.IPC - 1, first.distance().size());
        MlsEvent second = run.selections.get(1).get(0);
        for (int n = 0; n < 2; n++) {
            assertEquals(
                    Math.abs(second.distance().get(n) - first.distance().get(n)),
                    second.rate().get(n),
                    1e-9);
        }
    }

    @Test
    void withAllPrefixesThereIsASubsetLossFromTheFirstLoopAndNothingIsSelectedOrFrozen() {
        TinyRun uniform = new TinyRun("subset", "all");
        assertTrue(uniform.run());
        TinyRun inverse = new TinyRun("subset", "all", "subset-weights", "inverse");
        assertTrue(inverse.run());
        for (TinyRun run : List.of(uniform, inverse)) {
            assertTrue(run.metrics.stream().allMatch(m -> m.subsetLoss() > 0));
            assertTrue(run.selections.stream().allMatch(List::isEmpty));
            assertTrue(run.sizes.stream().allMatch(String::isEmpty));
        }
        // for two prefixes w is 1/2 and 1/2, or 2/3 and 1/3
        assertEquals(uniform.metrics.get(0).baseLoss(), inverse.metrics.get(0).baseLoss());
        assertFalse(Arrays.equals(uniform.images(), inverse.images()));
    }

    @Test
    void ratesOfChangeBecomeWeightsAfterTheSecondMeasurement() {
        TinyRun uniform = new TinyRun("subset", "all");
        TinyRun rate = new TinyRun("subset", "all", "subset-weights", "rate", "selection", "distance");
        assertTrue(uniform.run());
        assertTrue(rate.run());
        for (int i = 0; i < 6; i++) {
            // measured in outer loops 1 and 2, used in 3
            double expected = uniform.metrics.get(i).subsetLoss();
            double actual = rate.metrics.get(i).subsetLoss();
            assertEquals(i < 4, expected == actual, expected + " and " + actual);
        }
        assertEquals(3, rate.selections.size());
        assertTrue(rate.sizes.stream().allMatch(String::isEmpty));
        for (List<MlsEvent> events : rate.selections) {
            assertEquals(1, events.size());
            assertEquals(0, events.get(0).frozen());
        }
        assertNotNull(rate.selections.get(1).get(0).rate(), "whatever --selection says");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5})
    void aStoppedRunWithRatesAsWeightsGoesOnWithTheSameBits(int innerLoops) {
        String[] settings = {"subset", "all", "subset-weights", "rate", "class-wise", "true"};
        float[] expected = imagesOf(new TinyRun(settings));
        TinyRun stopped = new TinyRun(settings).stopAfter(innerLoops);
        assertFalse(stopped.run());
        TinyRun resumed = new TinyRun(settings).threads(1, 4);
        assertTrue(resumed.resume(last(stopped.checkpoints)));
        assertArrayEquals(expected, resumed.images());
    }

    @Test
    void forTwoImagesPerClassAllPrefixesAreTheFirstWithItsLossFromTheStart() {
        String[] small = {"ipc", "2", "outer", "1", "inner", "2"};
        TinyRun all = new TinyRun(concat(small, "subset", "all"));
        assertTrue(all.run());
        assertTrue(all.metrics.get(0).subsetLoss() > 0);
        for (String weights : List.of("inverse", "rate")) {
            assertArrayEquals(
                    all.images(), imagesOf(new TinyRun(concat(small, "subset", "all", "subset-weights", weights))));
        }
        assertArrayEquals(
                imagesOf(new TinyRun("ipc", "1", "method", "idc")), imagesOf(new TinyRun("ipc", "1", "subset", "all")));
    }

    private static String[] concat(String[] first, String... second) {
        return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
    }

    @Test
    void idcSelectsNothingAndSharesTheFirstLoopWithMdc() {
        TinyRun idc = new TinyRun("method", "idc");
        TinyRun mdc = new TinyRun();
        assertTrue(idc.run());
        assertTrue(mdc.run());
        assertTrue(idc.selections.stream().allMatch(List::isEmpty));
        assertEquals(0, last(idc.checkpoints).images().selections());
        assertTrue(idc.metrics.stream().allMatch(m -> m.subsetLoss() == 0));
        assertTrue(idc.sizes.stream().allMatch(String::isEmpty));
        assertEquals(mdc.metrics.get(1).loss(), idc.metrics.get(1).loss());
        assertFalse(Arrays.equals(mdc.images(), idc.images()));
    }

    @Test
    void oneImagePerClassHasNoSubset() {
        TinyRun mdc = new TinyRun("ipc", "1");
        assertArrayEquals(imagesOf(new TinyRun("ipc", "1", "method", "idc")), imagesOf(mdc));
        assertTrue(mdc.selections.stream().allMatch(List::isEmpty));
    }

    @Test
    void classWiseSelectionsHaveAnEventForEveryClass() {
        TinyRun run = new TinyRun("class-wise", "true", "period", "2", "outer", "4", "inner", "1");
        assertTrue(run.run());
        assertEquals(
                List.of(3, 3, 0, 3), run.selections.stream().map(List::size).toList());
        for (List<MlsEvent> events : run.selections) {
            for (int c = 0; c < events.size(); c++) {
                assertEquals(c, events.get(c).label());
            }
        }
        assertEquals("-/-/-", run.sizes.get(0));
        assertEquals("1/1/1", run.sizes.get(1));
        assertNotEquals(
                run.selections.get(0).get(0).distance(),
                run.selections.get(0).get(1).distance());
    }

    @Test
    void theSharedDistanceIsTheMeanOfThoseOfTheClasses() {
        TinyRun shared = new TinyRun("outer", "1");
        TinyRun classWise = new TinyRun("outer", "1", "class-wise", "true");
        shared.run();
        classWise.run();
        double[] mean = new double[TinyRun.IPC - 1];
        for (MlsEvent event : classWise.selections.get(0)) {
            for (int n = 0; n < mean.length; n++) {
                mean[n] += event.distance().get(n) / TinyRun.CLASSES;
            }
        }
        Numbers.assertClose(
                mean,
                shared.selections.get(0).get(0).distance().stream()
                        .mapToDouble(d -> d)
                        .toArray(),
                1e-12);
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
                        ArithmeticException.class,
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
