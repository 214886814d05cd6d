package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.pretrained.TrainedNetworks;
import io.mdc.trajectory.NetworkPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DanceTest {
    @TempDir
    private Path folder;

    private TinyRun run(String... settings) {
        List<String> all = new ArrayList<>(List.of("net-lr", "0.05"));
        if (List.of(settings).contains("dance")) {
            all.addAll(List.of("pool-size", "3", "pool-images", "40"));
        }
        all.addAll(List.of(settings));
        return new TinyRun(all.toArray(String[]::new)).keeping(Optional.of(folder));
    }

    private static float[] imagesOf(TinyRun run) {
        assertTrue(run.run());
        return run.images();
    }

    private List<Path> networks() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".npz"))
                    .sorted()
                    .toList();
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
        TinyRun.assertGoesOn(() -> run(settings), 1, 2, 3, 5);
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
        assertFalse(Arrays.equals(usual, imagesOf(run("method", "dance").keeping(Optional.empty()))));
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
    }

    @Test
    void whatWasTrainedBeforeAStopIsKept() {
        run("method", "dance").withTask(task -> {
            TrainedNetworks networks = NetworkPool.networks(task, folder);
            assertEquals(12, networks.steps());
            int[] batches = {0};
            assertFalse(networks.make(TinyRun.making(done -> batches[0] = (int) done, () -> batches[0] == 6)));
            assertEquals(8, networks.steps());
            assertTrue(networks.make(TinyRun.making(done -> {}, () -> false)));
            assertEquals(0, networks.steps());
        });
    }
}
