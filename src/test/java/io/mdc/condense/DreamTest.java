package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DreamTest {
    /** Two outer loops of five inner ones; real images are chosen in loops 1, 3 and 5 of each. */
    private static TinyRun dream(String... more) {
        String[] settings = {"method", "dream", "outer", "2", "inner", "5", "interval", "2"};
        return new TinyRun(
                Stream.concat(Arrays.stream(settings), Arrays.stream(more)).toArray(String[]::new));
    }

    private static float[] imagesOf(TinyRun run) {
        assertTrue(run.run());
        return run.images();
    }

    private static List<NumpyArray> chosenOf(TinyRun run) {
        List<NumpyArray> chosen = new ArrayList<>();
        run.afterReached(state -> chosen.add(state.images().chosen().orElseThrow()));
        assertTrue(run.run());
        return chosen;
    }

    @Test
    void realImagesAreDistinctOnesOfTheirClassAndChosenAnewAfterEveryInterval() {
        List<NumpyArray> chosen = chosenOf(dream());
        for (NumpyArray one : chosen) {
            assertArrayEquals(new int[] {TinyRun.CLASSES, 5}, one.shape());
            assertEquals(15, Arrays.stream(one.toDoubles()).distinct().count());
            for (int i = 0; i < 15; i++) {
                assertEquals(i / 5, TinyRun.dataset().train().label((int) one.value(i)));
            }
        }
        String changes = "";
        for (int i = 1; i < chosen.size(); i++) {
            changes += chosen.get(i).equals(chosen.get(i - 1)) ? "=" : "/";
        }
        assertEquals("=/=//=/=/", changes);
    }

    @Test
    void itIsIdcFromClustersOnClusters() {
        float[] dream = imagesOf(dream());
        assertFalse(Arrays.equals(dream, imagesOf(dream("init", "mix"))));
        assertFalse(Arrays.equals(dream, imagesOf(dream("method", "idc", "interval", "10", "init", "kmeans"))));
        float[] start = imagesOf(dream("outer", "0"));
        assertArrayEquals(start, imagesOf(dream("outer", "0", "method", "idc", "interval", "10", "init", "kmeans")));
        assertFalse(Arrays.equals(dream, imagesOf(dream("subset", "adaptive"))));
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "7"})
    void anyNumberOfThreadsGivesTheSameBits(int threads) {
        assertArrayEquals(imagesOf(dream()), imagesOf(dream().threads(threads, 4)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 9})
    void stoppedAndResumedGivesTheSameBits(int after) {
        TinyRun stopped = dream("choose-from", "12").stopAfter(after);
        assertFalse(stopped.run());
        TinyRun resumed = dream("choose-from", "12");
        assertTrue(resumed.resume(stopped.checkpoints.get(stopped.checkpoints.size() - 1)));
        assertArrayEquals(imagesOf(dream("choose-from", "12")), resumed.images());
    }

    @Test
    void theStateBeforeEveryLoopThatChoosesIsOfferedAndGoesOnWithTheSameBits() {
        TinyRun whole = dream();
        float[] images = imagesOf(whole);
        assertEquals(
                List.of("1.0", "1.2", "1.4", "2.0", "2.2", "2.4"),
                whole.beforeLongWork.stream()
                        .map(state -> state.outer() + "." + state.inner())
                        .toList());
        for (CondenseState state : whole.beforeLongWork) {
            TinyRun resumed = dream();
            assertTrue(resumed.resume(state));
            assertArrayEquals(images, resumed.images());
        }
        TinyRun idc = new TinyRun("method", "idc");
        imagesOf(idc);
        assertEquals(List.of(), idc.beforeLongWork);
    }

    @Test
    void realImagesOfAnotherClassOrNumberAreNoStateOfTheRun() {
        TinyRun stopped = dream().stopAfter(1);
        assertFalse(stopped.run());
        CondenseState state = stopped.checkpoints.get(0);
        NumpyArray chosen = state.images().chosen().orElseThrow();
        double[] swapped = chosen.toDoubles();
        swapped[0] = swapped[14];
        for (NumpyArray wrong : List.of(NumpyArray.of(swapped, 3, 5), NumpyArray.of(chosen.toDoubles(), 5, 3))) {
            assertThrows(IllegalArgumentException.class, () -> dream().resume(with(state, wrong)));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> dream("method", "idc", "interval", "10").resume(with(state, chosen)),
                "idc chooses none");
    }

    private static CondenseState with(CondenseState state, NumpyArray chosen) {
        Condensation.State images = state.images();
        return new CondenseState(
                state.outer(),
                state.inner(),
                new Condensation.State(
                        images.images(),
                        images.velocity(),
                        images.subsets(),
                        images.selections(),
                        Optional.of(chosen),
                        images.learned()),
                state.network());
    }

    @Test
    void choosingFromAsManyAsThereAreIsChoosingFromAll() {
        assertArrayEquals(imagesOf(dream()), imagesOf(dream("choose-from", "20")));
        assertFalse(Arrays.equals(imagesOf(dream()), imagesOf(dream("choose-from", "15"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kmeans", "herding", "k-center"})
    void firstImagesThatAreChosenDependOnTheSeedAndStandForTheirClass(String init) {
        String[] settings = {"init", init, "factor", "1", "outer", "0"};
        float[] images = imagesOf(new TinyRun(settings));
        assertArrayEquals(images, imagesOf(new TinyRun(settings).threads(1, 4)));
        assertEquals(9, Arrays.stream(numbersOf(images)).distinct().count(), "images are distinct");
        for (int i = 0; i < 9; i++) {
            assertEquals(i / 3, TinyRun.dataset().train().label(numbersOf(images)[i]));
        }
    }

    /** The real images that condensed ones are. */
    private static int[] numbersOf(float[] images) {
        int[] numbers = new int[images.length / TinyRun.IMAGE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = -1;
            for (int n = 0; n < TinyRun.dataset().train().size(); n++) {
                byte[] real = TinyRun.dataset().train().image(n);
                boolean same = true;
                for (int k = 0; k < real.length && same; k++) {
                    same = Math.abs((real[k] & 0xff) / 255.0 - images[i * TinyRun.IMAGE + k]) < 1e-6;
                }
                numbers[i] = same ? n : numbers[i];
            }
            assertNotEquals(-1, numbers[i], "condensed image " + i + " is a real one");
        }
        return numbers;
    }

    private static RunConfig config(String... settings) {
        Map<String, String> values = new java.util.HashMap<>(Map.of("method", "dream", "ipc", "1", "factor", "1"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return ConfigReader.read(Layer.options(values));
    }

    @Test
    void fewerImagesThanClustersAreNamedWithClassAndSetting() {
        config("batch-real", "20").requireEnough(TinyRun.dataset());
        String few = assertThrows(
                        DataException.class, () -> config("batch-real", "21").requireEnough(TinyRun.dataset()))
                .getMessage();
        assertTrue(few.startsWith("--batch-real 21: --method dream makes as many clusters"), few);
        assertTrue(few.contains("class a has 20"), few);
        String start = assertThrows(DataException.class, () -> config("batch-real", "5", "ipc", "6", "factor", "2")
                        .requireEnough(TinyRun.dataset()))
                .getMessage();
        assertTrue(start.startsWith("--ipc 6: needs 24 real images of each class"), start);
        assertTrue(start.contains("class a has 20"), start);
        for (String[] settings : List.of(
                new String[] {"batch-real", "5", "choose-from", "4"},
                new String[] {"batch-real", "1", "choose-from", "4", "ipc", "5"})) {
            String from = assertThrows(
                            ConfigException.class, () -> config(settings).requireEnough(TinyRun.dataset()))
                    .getMessage();
            assertTrue(from.startsWith("--choose-from 4: must be at least the 5 images of each class"), from);
        }
        assertThrows(ConfigException.class, () -> config("start-index", "1").condensing());
    }
}
