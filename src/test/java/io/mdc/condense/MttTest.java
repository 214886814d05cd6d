package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DivergedException;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.ConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trajectory matching on a few small images. */
class MttTest {
    private static TinyRun mtt(String... changes) {
        return new TinyRun(TinyRun.mtt(changes));
    }

    private static TinyRun ended(TinyRun run) {
        assertTrue(run.run());
        return run;
    }

    @ParameterizedTest
    @CsvSource({"1,4", "3,4", "2,4"})
    void anyNumberOfThreadsGivesTheSameBits(int threads, int chunk) {
        assertArrayEquals(
                ended(mtt("subset", "adaptive")).images(),
                ended(mtt("subset", "adaptive").threads(threads, chunk)).images());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void aStoppedRunGoesOnToTheSameBitsAndTheSameRate(int after) {
        String[] settings = {"subset", "adaptive", "class-wise", "true", "lr-rate", "0.01"};
        TinyRun whole = ended(mtt(settings));
        TinyRun stopped = mtt(settings).stopAfter(after);
        assertFalse(stopped.run());
        TinyRun resumed = mtt(settings);
        resumed.resume(stopped.checkpoints.get(stopped.checkpoints.size() - 1));
        assertArrayEquals(whole.images(), resumed.images());
        assertEquals(learned(whole), learned(resumed));
    }

    private static NumpyArray learned(TinyRun run) {
        return run.checkpoints
                .get(run.checkpoints.size() - 1)
                .images()
                .learned()
                .orElseThrow();
    }

    @Test
    void theStudentsRateIsLearned() {
        assertEquals(0.01, learned(ended(mtt("outer", "0"))).value(0));
        TinyRun run = ended(mtt("lr-rate", "0.001"));
        assertTrue(learned(run).value(0) != 0.01);
        assertEquals(0.01, learned(ended(mtt("lr-rate", "0"))).value(0));
        assertNull(run.metrics.get(0).trainLoss());
    }

    @Test
    void theLossFalls() {
        TinyRun run = ended(mtt(
                "outer",
                "1",
                "inner",
                "60",
                "experts",
                "1",
                "start-below",
                "1",
                "lr-img",
                "300",
                "lr-student",
                "0.1",
                "lr-rate",
                "0.001",
                "augment-match",
                "none",
                "steps-student",
                "6"));
        double first = run.metrics.get(0).loss();
        double last = run.metrics.get(run.metrics.size() - 1).loss();
        assertTrue(last < 0.5 * first, first + " → " + last);
    }

    @Test
    void subsetsAreChosenByFeaturesAndTheirPredecessorsRest() {
        TinyRun run = mtt("subset", "adaptive", "outer", "6", "lr-img", "30");
        float[][] before = new float[1][];
        int[] frozen = {0};
        run.afterInnerLoop(condenser -> {
            float[] now = condenser.images().images().toFloats();
            int count = run.selections.isEmpty()
                    ? 0
                    : run.selections.get(run.selections.size() - 1).get(0).frozen();
            // the first inner loop of an outer one limits values to [0, 1] before it moves them
            if (count > 0 && run.metrics.get(run.metrics.size() - 1).inner() > 1) {
                frozen[0]++;
                for (int label = 0; label < TinyRun.CLASSES; label++) {
                    int from = label * TinyRun.IPC * TinyRun.IMAGE;
                    int rest = from + count * TinyRun.IMAGE;
                    assertArrayEquals(Arrays.copyOfRange(before[0], from, rest), Arrays.copyOfRange(now, from, rest));
                    assertFalse(Arrays.equals(
                            Arrays.copyOfRange(before[0], rest, rest + TinyRun.IMAGE),
                            Arrays.copyOfRange(now, rest, rest + TinyRun.IMAGE)));
                }
            }
            before[0] = now;
        });
        ended(run);
        assertEquals(0, run.metrics.get(0).subsetLoss());
        assertTrue(run.metrics.get(run.metrics.size() - 1).subsetLoss() > 0);
        assertEquals(6, run.selections.size());
        assertTrue(run.selections.stream()
                .flatMap(java.util.List::stream)
                .allMatch(event -> event.distance().get(0) > 0));
        assertTrue(frozen[0] > 0, "no selection froze anything");
    }

    @Test
    void theFactorOfTheLossOnPrefixesIsThatOfTheAdaptiveOne() {
        TinyRun once = mtt("subset", "adaptive");
        ended(once);
        TinyRun thrice = mtt("subset", "adaptive", "subset-scale", "3");
        ended(thrice);
        int first = IntStream.range(0, once.metrics.size())
                .filter(i -> once.metrics.get(i).subsetLoss() > 0)
                .findFirst()
                .orElseThrow();
        assertEquals(
                3 * once.metrics.get(first).subsetLoss(),
                thrice.metrics.get(first).subsetLoss(),
                1e-9);
    }

    @Test
    void everySubsetLossMovesTheImagesElsewhere() {
        float[] none = ended(mtt()).images();
        float[] adaptive = ended(mtt("subset", "adaptive")).images();
        float[] all = ended(mtt("subset", "all")).images();
        assertFalse(Arrays.equals(none, adaptive));
        assertFalse(Arrays.equals(none, all));
        assertFalse(Arrays.equals(adaptive, all));
        assertFalse(Arrays.equals(
                all, ended(mtt("subset", "all", "subset-weights", "inverse")).images()));
        assertTrue(ended(mtt("subset", "adaptive", "metric", "accuracy", "accuracy-width", "3", "accuracy-epochs", "1"))
                        .selections
                        .size()
                > 0);
    }

    /** A state in which students have learned a rate. */
    private static CondenseState withRate(CondenseState state, double rate) {
        Condensation.State images = state.images();
        return new CondenseState(
                state.outer(),
                state.inner(),
                new Condensation.State(
                        images.images(),
                        images.velocity(),
                        images.subsets(),
                        images.selections(),
                        Optional.empty(),
                        Optional.of(NumpyArray.of(new double[] {rate, 0}, 2))),
                state.network());
    }

    @Test
    void aStateOfAnotherMethodIsRefused() {
        TinyRun idc = new TinyRun("method", "idc");
        idc.run();
        CondenseState state = idc.checkpoints.get(0);
        assertThrows(IllegalArgumentException.class, () -> mtt().resume(state));
        CondenseState learned = withRate(state, 0.1);
        assertThrows(IllegalArgumentException.class, () -> new TinyRun("method", "idc").resume(learned));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "epochs-expert=1~--epochs-expert 1: must be at least 2, the last epoch that --start-below 2 with"
                        + " --epochs-ahead 1 looks at",
                "decode=bound~--decode bound: --method mtt trains students on all tiles; leave it at full",
                "subset=adaptive metric=gradient~--metric gradient: --method mtt matches no gradients; take feature"
                        + " or accuracy",
                "subset=all subset-weights=rate class-wise=true~--class-wise true: --method mtt has one loss for a"
                        + " prefix of all classes, so that weights by rate cannot differ between them",
            })
    void settingsThatItDoesNotHaveAreRefused(String settings, String message) {
        TinyRun run = mtt(settings.split("[= ]"));
        ConfigException thrown =
                assertThrows(ConfigException.class, () -> run.config().requireEnough(TinyRun.dataset()));
        assertEquals(message, thrown.getMessage());
        mtt().config().requireEnough(TinyRun.dataset());
    }

    @Test
    void aLossThatIsNotFiniteNamesAllRatesThatMayBeTheCause() {
        String message = assertThrows(DivergedException.class, () -> mtt(
                                "lr-student", "100", "steps-student", "8", "inner", "20", "lr-rate", "1")
                        .run())
                .getMessage();
        assertTrue(
                message.endsWith(
                        "; --lr-img 5.0, --lr-student 100.0, --lr-rate 1.0 or --lr-expert 0.1 may be too large"),
                message);
    }

    @Test
    void aLearnedRateBelowZeroIsTold() {
        TinyRun stopped = mtt("lr-rate", "0").stopAfter(1);
        stopped.run();
        assertEquals(List.of(), stopped.divergences);
        CondenseState state = stopped.checkpoints.get(stopped.checkpoints.size() - 1);
        CondenseState below = withRate(state, -0.5);
        TinyRun resumed = mtt("lr-rate", "0");
        assertTrue(resumed.resume(below));
        assertEquals(
                List.of(Divergence.Sign.STUDENT_RATE),
                resumed.divergences.stream().map(Divergence::sign).toList());
    }
}
