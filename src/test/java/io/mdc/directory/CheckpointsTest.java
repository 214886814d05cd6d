package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.condense.Condensation;
import io.mdc.condense.CondenseState;
import io.mdc.numpy.NumpyArray;
import io.mdc.run.TinySettings;
import io.mdc.subset.AdaptiveSubset;
import io.mdc.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
    @TempDir
    private Path folder;

    private Checkpoints checkpoints;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void makeCheckpoints() {
        checkpoints = new Checkpoints(folder.resolve("checkpoint"));
    }

    private static Checkpoint checkpoint(int outer) {
        return new Checkpoint(
                new Fingerprint(Map.of("ipc", "10"), "d".repeat(64)),
                state(outer),
                new LineLog.Mark(70, 7000, 0xFFFFFFFFL),
                new LineLog.Mark(11, 500, 5),
                new LineLog.Mark(3, 200, 7));
    }

    private static CondenseState state(int outer) {
        return state(outer, Optional.empty());
    }

    /** The images take up most of the file. */
    private static CondenseState state(int outer, Optional<NumpyArray> chosen) {
        float[] images = new float[1000];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < images.length; i++) {
            images[i] = Float.intBitsToFloat(random.nextInt());
        }
        return new CondenseState(
                outer,
                7,
                new Condensation.State(
                        NumpyArray.of(images, 10, 100),
                        NumpyArray.of(new float[] {1, 2, 3}, 3),
                        List.of(
                                new AdaptiveSubset.State(
                                        List.of(1, 3),
                                        new double[] {0.1, 1e-300},
                                        new double[] {3, 4},
                                        new int[] {5, 6},
                                        new double[] {0.5, Double.NaN}),
                                new AdaptiveSubset.State(List.of(), null, new double[] {0, 0}, new int[] {0, 0}, null)),
                        11,
                        chosen,
                        chosen.map(any -> NumpyArray.of(new double[] {1e-300, 0.1}, 2))),
                new Trajectory.State(
                        NumpyArray.of(new float[] {4, 5}, 2), NumpyArray.of(new float[] {6, Float.NaN}, 2)));
    }

    private Checkpoint read() {
        return checkpoints.read(notes::add).orElseThrow();
    }

    private Path previous() {
        return folder.resolve("checkpoint/state.previous.npz");
    }

    private void assertNoneIsWhole() {
        String message = assertThrows(DataException.class, () -> checkpoints.read(notes::add))
                .getMessage();
        assertTrue(message.contains(": the checkpoint is damaged ("), message);
        assertTrue(
                message.endsWith(
                        "; there is no other: remove " + folder.resolve("checkpoint") + " to begin the run again"),
                message);
    }

    @Test
    void aStateIsReadBackBitByBit() throws IOException {
        checkpoints.write(checkpoint(3));
        Checkpoint whole = read();
        assertEquals(checkpoint(3).begun(), whole.begun());
        assertEquals(checkpoint(3).metrics(), whole.metrics());
        assertEquals(checkpoint(3).selections(), whole.selections());
        CondenseState read = whole.state();
        CondenseState written = state(3);
        Condensation.State images = read.images();
        assertEquals("3 7 11", read.outer() + " " + read.inner() + " " + images.selections());
        assertSame(written.images().images(), images.images());
        assertSame(written.images().velocity(), images.velocity());
        assertSame(written.network().weights(), read.network().weights());
        assertSame(written.network().velocity(), read.network().velocity());
        assertEquals(2, images.subsets().size());
        AdaptiveSubset.State first = images.subsets().get(0);
        assertEquals(List.of(1, 3), first.selected());
        assertArrayEquals(new double[] {0.1, 1e-300}, first.previous());
        assertArrayEquals(new double[] {3, 4}, first.sums());
        assertArrayEquals(new int[] {5, 6}, first.counts());
        assertArrayEquals(new double[] {0.5, Double.NaN}, first.rate());
        assertEquals(null, images.subsets().get(1).rate());
        assertEquals(null, images.subsets().get(1).previous());
        assertEquals(Optional.empty(), images.chosen());
    }

    @Test
    void realImagesThatWereChosenAreReadBack() throws IOException {
        NumpyArray chosen = NumpyArray.of(new long[] {5, 3, 1L << 30, 0}, 2, 2);
        Checkpoint without = checkpoint(3);
        checkpoints.write(new Checkpoint(
                without.begun(),
                state(3, Optional.of(chosen)),
                without.metrics(),
                without.selections(),
                without.course()));
        assertEquals(Optional.of(chosen), read().state().images().chosen());
    }

    private static void assertSame(NumpyArray expected, NumpyArray actual) {
        assertArrayEquals(expected.shape(), actual.shape());
        assertArrayEquals(expected.toFloats(), actual.toFloats());
    }

    @Test
    void theLastStateCountsAndTheOneBeforeIsKept() throws IOException {
        assertEquals(Optional.empty(), checkpoints.read(notes::add));
        checkpoints.write(checkpoint(3));
        checkpoints.write(checkpoint(4));
        assertEquals(4, read().state().outer());
        assertEquals(List.of(), notes);
        Files.delete(checkpoints.file());
        assertEquals(3, read().state().outer());
        assertTrue(
                notes.get(0)
                        .startsWith(
                                checkpoints.file() + ": there is no such checkpoint; going on from the one before it"),
                notes.toString());
    }

    private void change(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(file, bytes);
    }

    @Test
    void aChangedByteIsToldAndTheStateBeforeUsed() throws IOException {
        checkpoints.write(checkpoint(3));
        checkpoints.write(checkpoint(4));
        change(checkpoints.file());
        assertEquals(3, read().state().outer());
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).startsWith(checkpoints.file() + ": the checkpoint is damaged ("), notes.get(0));
        assertTrue(
                notes.get(0)
                        .endsWith("; going on from the one before it, " + previous() + ", outer loop 3, inner loop 7"),
                notes.get(0));
        change(previous());
        assertNoneIsWhole();
    }

    @Test
    void aDamagedStateDoesNotTakeThePlaceOfTheOneBefore() throws IOException {
        checkpoints.write(checkpoint(3));
        checkpoints.write(checkpoint(4));
        change(checkpoints.file());
        byte[] damaged = Files.readAllBytes(checkpoints.file());
        read();
        checkpoints.write(checkpoint(5));
        assertArrayEquals(damaged, Files.readAllBytes(folder.resolve("checkpoint/state.npz.damaged")));
        change(checkpoints.file());
        assertEquals(3, read().state().outer());
        checkpoints.write(checkpoint(6));
        checkpoints.write(checkpoint(7));
        change(checkpoints.file());
        assertEquals(6, read().state().outer());
    }

    @Test
    void theThreadOfASignalAndTheOneThatWorksMayWriteAtOnce() throws Exception {
        RunDirectory run = NewRun.create(folder.resolve("run"), TinySettings.with());
        ExecutorService signal = Executors.newSingleThreadExecutor();
        for (int round = 0; round < 50; round++) {
            CyclicBarrier start = new CyclicBarrier(2);
            Future<?> saved = signal.submit(() -> {
                start.await();
                run.checkpoints().write(checkpoint(3));
                return null;
            });
            start.await();
            run.checkpoints().write(checkpoint(4));
            saved.get();
        }
        signal.shutdown();
        assertTrue(run.checkpoints().read(notes::add).isPresent());
        assertEquals(List.of(), notes, "the newest is whole");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.99})
    void aFileCutOffIsNoticed(double part) throws IOException {
        checkpoints.write(checkpoint(3));
        byte[] bytes = Files.readAllBytes(checkpoints.file());
        Files.write(checkpoints.file(), Arrays.copyOf(bytes, (int) (part * bytes.length)));
        assertNoneIsWhole();
    }

    @Test
    void aRunDirectoryThatIsGoneIsNotMadeAgain() {
        Checkpoints gone = new Checkpoints(folder.resolve("gone/checkpoint"));
        assertThrows(IOException.class, () -> gone.write(checkpoint(1)));
        assertFalse(Files.exists(folder.resolve("gone")));
    }
}
