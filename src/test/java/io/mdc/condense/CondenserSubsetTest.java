package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.task.MlsEvent;
import io.mdc.testing.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a loss on prefixes, selection and freezing do to a run. */
class CondenserSubsetTest {
    private static float[] imagesOf(TinyRun run) {
        assertTrue(run.run());
        return run.images();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
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
}
