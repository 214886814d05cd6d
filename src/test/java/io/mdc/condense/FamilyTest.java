package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.numpy.NumpyArray;
import io.mdc.testing.TestBackends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Condensations in lockstep against the same ones alone. */
class FamilyTest {
    /** Settings that may differ in a family, of every kind. */
    private static List<String[]> kinds() {
        return List.of(
                new String[] {},
                new String[] {"ipc", "1"},
                new String[] {"ipc", "2", "start-index", "1"},
                new String[] {"method", "idc"},
                new String[] {"metric", "gradient", "class-wise", "true"},
                new String[] {"metric", "accuracy", "accuracy-width", "3", "accuracy-epochs", "2"},
                new String[] {"distance", "cosine"},
                new String[] {"lr-img", "1", "factor", "1"},
                new String[] {"batch-real", "7"},
                new String[] {"augment-match", "none"},
                new String[] {"batch-syn-max", "6"},
                new String[] {"match", "conv,classifier"},
                new String[] {"subset", "all", "subset-weights", "rate"},
                new String[] {"method", "dream", "interval", "2", "batch-real", "4"},
                new String[] {"method", "dream", "interval", "2", "batch-real", "4", "ipc", "1", "init", "herding"});
    }

    /** Settings that may differ in a family of a method that shares experts and no θ. */
    private static List<String[]> kindsOfMtt() {
        return Stream.of(
                        new String[] {},
                        new String[] {"ipc", "1"},
                        new String[] {"subset", "adaptive", "class-wise", "true"},
                        new String[] {"subset", "all", "lr-img", "1"},
                        new String[] {"lr-student", "0.1", "lr-rate", "0.01", "batch-real", "7"},
                        new String[] {"experts", "1", "steps-student", "1"})
                .map(TinyRun::mtt)
                .toList();
    }

    /** Likewise for distribution matching, whose θ is another. */
    private static List<String[]> kindsOf(String method) {
        return List.of(
                new String[] {"method", method},
                new String[] {"method", method, "ipc", "1"},
                new String[] {"method", method, "subset", "all", "subset-scale", "2"},
                new String[] {"method", method, "subset", "adaptive", "class-wise", "true"},
                new String[] {"method", method, "lr-img", "1", "factor", "1", "lr-img-scale", "none"},
                new String[] {"method", method, "batch-real", "7", "augment-match", "none"},
                new String[] {
                    "method", method, "cross-entropy", method.equals("dance") ? "0" : "1", "batch-syn-max", "6"
                });
    }

    private static List<TinyRun> alone;

    private static List<TinyRun> runs() {
        return kinds().stream().map(TinyRun::new).toList();
    }

    /** Each run to its end, once for all tests. */
    @BeforeAll
    static void runAlone() {
        alone = runs();
        alone.forEach(TinyRun::run);
    }

    private static void assertSame(List<TinyRun> alone, List<TinyRun> family) {
        assertSame(kinds(), alone, family);
    }

    private static void assertSame(List<String[]> kinds, List<TinyRun> alone, List<TinyRun> family) {
        for (int i = 0; i < alone.size(); i++) {
            String what = String.join(" ", kinds.get(i));
            assertArrayEquals(alone.get(i).images(), family.get(i).images(), what);
            assertEquals(losses(alone.get(i)), losses(family.get(i)), what);
            assertEquals(
                    alone.get(i).selections.toString(), family.get(i).selections.toString(), what);
        }
    }

    private static List<String> losses(TinyRun run) {
        return run.metrics.stream()
                .map(m -> m.outer() + " " + m.inner() + " " + m.baseLoss() + " " + m.subsetLoss() + " " + m.trainLoss())
                .toList();
    }

    private static boolean run(List<TinyRun> family, int stopAfter) {
        TinyRun first = family.get(0);
        return first.runWith(family.subList(1, family.size()), () -> first.metrics.size() == stopAfter);
    }

    @Test
    void everyMemberIsFirstAsOften() {
        List<String> all = List.of("a", "b", "c");
        assertEquals(
                List.of("abc", "bca", "cab", "abc"),
                Stream.of(0L, 1L, 2L, 3L)
                        .map(loop -> String.join("", Condenser.inTurn(all, loop)))
                        .toList());
        assertEquals(List.of(), Condenser.inTurn(List.of(), 5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void membersHaveTheBytesOfTheRunsAlone(boolean nd4j) {
        List<TinyRun> single = nd4j ? onNd4j() : alone;
        List<TinyRun> family = nd4j ? onNd4j() : runs();
        if (nd4j) {
            single.forEach(TinyRun::run);
        }
        assertTrue(run(family, -1));
        assertSame(single, family);
    }

    /** Where there are many cores, classes are moved at once and the network is trained meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {4, 7, 16})
    void manyThreadsGiveTheSameBytesAloneAndTogether(int threads) {
        List<TinyRun> single =
                runs().stream().map(run -> run.threads(threads, 4)).toList();
        single.forEach(TinyRun::run);
        assertSame(alone, single);
        List<TinyRun> family =
                runs().stream().map(run -> run.threads(threads, 4)).toList();
        assertFalse(run(family, 4));
        assertTrue(run(family, -1));
        assertSame(alone, family);
    }

    private static List<TinyRun> onNd4j() {
        return runs().subList(0, 2).stream()
                .map(run -> run.on(TestBackends.FLOAT))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"dm,2", "dance,2", "dm,7", "dance,7"})
    void distributionMatchingSharesItsNetworks(String method, int threads, @TempDir Path cache) {
        List<String[]> kinds = kindsOf(method);
        List<TinyRun> alone = kinds.stream().map(kind -> kept(cache, kind)).toList();
        alone.forEach(TinyRun::run);
        List<TinyRun> family = kinds.stream()
                .map(kind -> kept(cache, kind).threads(threads, 4))
                .toList();
        for (int i = 0; i < family.size() - 1; i++) {
            assertFalse(family.get(i).stopAfter(i % 5 + 1).run());
        }
        assertTrue(run(family, -1));
        assertSame(kinds, alone, family);
    }

    private static TinyRun kept(Path cache, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        if (all.contains("dance")) {
            all.addAll(List.of("pool-size", "2", "pool-images", "40"));
        }
        return new TinyRun(all.toArray(String[]::new)).keeping(Optional.of(cache));
    }

    @Test
    void membersThatWereStoppedAtDifferentPlacesCatchUp() {
        List<TinyRun> family = runs();
        for (int i = 0; i < family.size(); i++) {
            assertEquals(
                    i == family.size() - 1,
                    family.get(i)
                            .stopAfter(i == family.size() - 1 ? -1 : i % 5 + 1)
                            .run(),
                    "" + i);
        }
        assertTrue(run(family, -1));
        assertSame(alone, family);
    }

    @Test
    void stoppedFamilyGoesOn() {
        List<TinyRun> family = runs();
        assertFalse(run(family, 3));
        assertTrue(run(family, -1));
        assertSame(alone, family);
    }

    @Test
    void membersThatShareExpertsHaveTheBytesOfTheRunsAlone() {
        List<TinyRun> alone = kindsOfMtt().stream().map(TinyRun::new).toList();
        alone.forEach(TinyRun::run);
        List<TinyRun> family = kindsOfMtt().stream().map(TinyRun::new).toList();
        assertFalse(run(family, 3));
        assertTrue(run(family, -1));
        assertSame(alone, family);
    }

    @Test
    void aMemberThatFailsNamesItsOwnRates() {
        TinyRun good = new TinyRun(TinyRun.mtt("steps-student", "8", "inner", "20"));
        TinyRun bad =
                new TinyRun(TinyRun.mtt("lr-student", "100", "steps-student", "8", "inner", "20", "lr-rate", "1"));
        assertTrue(good.runWith(List.of(bad), () -> false));
        String message = bad.failure().orElseThrow().getMessage();
        assertTrue(message.contains(", --lr-student 100.0, --lr-rate 1.0 or "), message);
        assertTrue(good.failure().isEmpty());
    }

    @Test
    void memberThatFailsLeavesTheOthersGoing() {
        TinyRun good = new TinyRun("ipc", "2");
        good.run();
        TinyRun bad = new TinyRun();
        bad.stopAfter(1).run();
        bad.checkpoints.add(broken(bad.checkpoints.get(0)));
        TinyRun member = new TinyRun("ipc", "2");
        assertTrue(new TinyRun("method", "idc").runWith(List.of(bad, member), () -> false));
        assertEquals(
                "the matching loss is NaN in outer loop 1, inner loop 2; --lr-img 5.0 or --net-lr 0.01 may be too large",
                bad.failure().orElseThrow().getMessage());
        assertArrayEquals(good.images(), member.images());
    }

    @Test
    void membersThatAllFailEndTheFamily() {
        TinyRun bad = new TinyRun();
        bad.stopAfter(1).run();
        bad.checkpoints.add(broken(bad.checkpoints.get(0)));
        TinyRun worse = new TinyRun("method", "idc");
        worse.stopAfter(3).run();
        worse.checkpoints.add(broken(worse.checkpoints.get(worse.checkpoints.size() - 1)));
        assertTrue(bad.runWith(List.of(worse), () -> false));
        assertTrue(bad.failure().isPresent());
        assertTrue(worse.failure().isPresent());
    }

    @Test
    void whereAllHaveFailedThetaGoesOnWhereTheOthersWait() {
        TinyRun good = new TinyRun("ipc", "2");
        good.run();
        TinyRun bad = new TinyRun();
        bad.stopAfter(1).run();
        bad.checkpoints.add(broken(bad.checkpoints.get(0)));
        TinyRun waiting = new TinyRun("ipc", "2");
        waiting.stopAfter(5).run();
        AtomicInteger asked = new AtomicInteger();
        assertTrue(bad.runWith(List.of(waiting), () -> asked.incrementAndGet() < 0));
        assertTrue(bad.failure().isPresent());
        assertArrayEquals(good.images(), waiting.images());
        assertEquals(1, asked.get(), "loops after that of the failure");
    }

    @Test
    void clusteringUnderANetworkThatDivergedIsAFailureOfTheRun() {
        TinyRun dream =
                new TinyRun("method", "dream", "interval", "1", "net-lr", "100", "net-decay", "1", "inner", "40");
        TinyRun idc = new TinyRun("method", "idc", "net-lr", "100", "net-decay", "1", "inner", "40");
        assertTrue(dream.runWith(List.of(idc), () -> false));
        assertTrue(dream.failure().orElseThrow().getMessage().startsWith("the network has diverged"));
        assertTrue(idc.failure().orElseThrow().getMessage().startsWith("the matching loss is "));
    }

    private static CondenseState broken(CondenseState state) {
        NumpyArray images = state.images().images();
        float[] values = images.toFloats();
        Arrays.fill(values, Float.NaN);
        return new CondenseState(
                state.outer(),
                state.inner(),
                new Condensation.State(
                        NumpyArray.of(values, images.shape()),
                        state.images().velocity(),
                        state.images().subsets(),
                        state.images().selections(),
                        state.images().chosen(),
                        state.images().learned()),
                state.network());
    }
}
