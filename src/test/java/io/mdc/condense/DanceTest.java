package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.data.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DanceTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private TinyRun run(String... settings) {
        List<String> all = new ArrayList<>(List.of("pool-size", "3", "pool-images", "40", "net-lr", "0.05"));
        all.addAll(List.of(settings));
        return new TinyRun(all.toArray(String[]::new)).keeping(NetworkCache.in(new Cache.Space(folder), notes::add));
    }

    private static float[] imagesOf(TinyRun run) {
        assertTrue(run.run());
        return run.images();
    }

    private List<Path> networks() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dm", "dance"})
    void everyInnerLoopHasAnotherNetwork(String method) {
        TinyRun run = run("method", method, "outer", "2", "inner", "3", "n-data", "0");
        List<String> seen = new ArrayList<>();
        run.afterReached(state -> seen.add(
                state.inner() == 3
                        ? "last" + state.outer()
                        : Arrays.toString(state.network().weights().toFloats())));
        assertTrue(run.run());
        assertEquals(6, new HashSet<>(seen).size());
    }

    @ParameterizedTest
    @CsvSource({"dm,none", "dm,adaptive", "dance,all", "dance,adaptive"})
    void stoppedRunGoesOnWithTheSameBits(String method, String subset) {
        String[] settings = {"method", method, "subset", subset, "class-wise", "true", "subset-weights", "rate"};
        float[] expected = imagesOf(run(settings));
        for (int innerLoops = 1; innerLoops <= 6; innerLoops++) {
            TinyRun stopped = run(settings).stopAfter(innerLoops);
            assertFalse(stopped.run());
            TinyRun resumed = run(settings).threads(1, 4);
            assertTrue(resumed.resume(stopped.checkpoints.get(stopped.checkpoints.size() - 1)));
            assertArrayEquals(expected, resumed.images(), "after " + innerLoops);
        }
    }

    @Test
    void lossFalls() {
        TinyRun run = run("method", "dm", "outer", "20", "lr-img", "20", "augment-match", "none", "batch-real", "20");
        assertTrue(run.run());
        int last = run.metrics.size() - 1;
        assertTrue(run.metrics.get(last).loss() + run.metrics.get(last - 1).loss()
                < 0.7 * (run.metrics.get(0).loss() + run.metrics.get(1).loss()));
    }

    @Test
    void trainedNetworksMatterAndTheirCrossEntropy() {
        float[] usual = imagesOf(run("method", "dance"));
        assertFalse(Arrays.equals(usual, imagesOf(run("method", "dance", "cross-entropy", "0"))));
        assertFalse(Arrays.equals(usual, imagesOf(run("method", "dance", "pool-images", "20"))));
        assertFalse(Arrays.equals(usual, imagesOf(run("method", "dance").keeping(NetworkCache.untrained()))));
    }

    @Test
    void poolIsMadeOnceAndSharedByRunsThatDifferElsewhere() throws IOException {
        imagesOf(run("method", "dance"));
        List<Path> made = networks();
        assertEquals(3, made.size());
        List<byte[]> bytes = new ArrayList<>();
        for (Path file : made) {
            bytes.add(Files.readAllBytes(file));
        }
        imagesOf(run("method", "dance", "ipc", "2", "subset", "all", "lr-img", "1", "factor", "1"));
        imagesOf(run("method", "dance", "pool-size", "2"));
        assertEquals(made, networks());
        imagesOf(run("method", "dance", "pool-size", "4"));
        assertEquals(4, networks().size());
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(bytes.get(i), Files.readAllBytes(made.get(i)));
        }
        imagesOf(run("method", "dance", "seed", "9"));
        imagesOf(run("method", "dance", "net-decay", "0.1"));
        assertEquals(10, networks().size());
        assertEquals(List.of(), notes);
    }

    @Test
    void networkThatIsCutOffOrOfOtherSettingsIsNamedAndMadeAnew() throws IOException {
        float[] expected = imagesOf(run("method", "dance"));
        List<Path> made = networks();
        byte[] whole = Files.readAllBytes(made.get(0));
        Files.write(made.get(0), Arrays.copyOf(whole, whole.length / 2));
        assertArrayEquals(expected, imagesOf(run("method", "dance")));
        assertEquals(
                List.of(made.get(0) + ": not a usable network (damaged, or not a zip archive); trained anew"), notes);
        assertArrayEquals(whole, Files.readAllBytes(made.get(0)));
        imagesOf(run("method", "dance", "seed", "9"));
        Path foreign = networks().stream()
                .filter(file -> !made.contains(file))
                .filter(file -> file.endsWith("1.npz"))
                .findFirst()
                .orElseThrow();
        notes.clear();
        Files.copy(foreign, made.get(1), StandardCopyOption.REPLACE_EXISTING);
        assertArrayEquals(expected, imagesOf(run("method", "dance")));
        assertEquals(
                List.of(made.get(1) + ": not a usable network (made by other settings or of other data); trained anew"),
                notes);
    }

    @Test
    void whatWasTrainedBeforeAStopIsKept() throws IOException {
        TinyRun run = run("method", "dance");
        NetworkCache cache = NetworkCache.in(new Cache.Space(folder), notes::add);
        int[] batches = {0};
        run.withTask(task -> {
            NetworkPlan plan = new PoolPlan(task);
            assertEquals(3, cache.missing(plan));
            assertFalse(cache.make(plan, (done, all, network) -> batches[0] = (int) done, () -> batches[0] == 6));
            assertEquals(2, cache.missing(plan));
            assertTrue(cache.make(plan, (done, all, network) -> assertEquals(8, all), () -> false));
            assertEquals(0, cache.missing(plan));
        });
    }
}
