package io.mdc.pretrained;

import static io.mdc.pretrained.TinyExperts.BATCHES;
import static io.mdc.pretrained.TinyExperts.EPOCHS;
import static io.mdc.pretrained.TinyExperts.made;
import static io.mdc.pretrained.TinyExperts.making;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that is stopped, killed, or goes on from a damaged file, on its way to the next state. */
class NetworkWayTest {
    private final TinyExperts tiny = new TinyExperts();

    @TempDir
    private Path cache;

    @AfterEach
    void close() {
        tiny.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 8, 10, 17})
    void interruptedTrainingLosesNothing(int after) throws IOException {
        TrainedNetworks whole = made(tiny.experts(cache.resolve("whole")));
        TrainedNetworks parts = tiny.experts(cache.resolve("parts"));
        AtomicInteger steps = new AtomicInteger();
        assertFalse(parts.make(making(done -> steps.set((int) done), poor -> {}, () -> steps.get() == after)));
        long all = parts.steps();
        List<Long> told = new ArrayList<>();
        assertTrue(parts.make(making(told::add, poor -> {}, () -> false)));
        long trained = told.stream().filter(done -> done > 0).distinct().count();
        assertEquals(all, told.get(told.size() - 1));
        assertEquals(2 * EPOCHS * BATCHES - after, trained - (after % BATCHES == 0 ? 0 : 1), told.toString());
        assertEquals(0, parts.steps());
        for (int expert = 0; expert < 2; expert++) {
            for (int epoch = 0; epoch <= EPOCHS; epoch++) {
                assertArrayEquals(tiny.parameters(whole, expert, epoch), tiny.parameters(parts, expert, epoch));
            }
        }
        for (Path file : Folders.files(parts.folder())) {
            assertTrue(file.toString().matches(".*/(made-by.json|\\d+\\.npz)"), file.toString());
        }
    }

    @Test
    void trainingThatIsKilledLosesWhatItDidSinceItsWayWasSaved() throws IOException {
        TrainedNetworks whole = made(tiny.experts(cache.resolve("whole")));
        TrainedNetworks parts = tiny.experts(cache.resolve("parts"));
        LongConsumer killed = done -> {
            if (done == BATCHES + 2) {
                throw new IllegalStateException("killed");
            }
        };
        Making making = new Making(killed, poor -> {}, note -> {}, Duration.ZERO, () -> false);
        assertThrows(IllegalStateException.class, () -> parts.make(making));
        List<Long> told = new ArrayList<>();
        assertTrue(parts.make(making(told::add, poor -> {}, () -> false)));
        assertEquals(1, told.get(0), "the first step to the second state was saved");
        assertSame(whole, parts);
    }

    private static void assertSame(TrainedNetworks expected, TrainedNetworks actual) throws IOException {
        for (Path file : Folders.files(expected.folder())) {
            Path other =
                    actual.folder().resolve(expected.folder().relativize(file).toString());
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), file.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWayThatIsDamagedIsToldAndGoneOnceMore(boolean cutOff) throws IOException {
        TrainedNetworks experts = tiny.experts(cache.resolve("damaged"));
        AtomicInteger steps = new AtomicInteger();
        assertFalse(experts.make(making(done -> steps.set((int) done), poor -> {}, () -> steps.get() == BATCHES + 1)));
        Path way = experts.folder().resolve("0/way.npz");
        if (cutOff) {
            Files.writeString(way, "cut off");
        } else {
            NumpyArchive.read(way)
                    .put("velocity", NumpyArray.of(new float[3], 3))
                    .write(way);
        }
        List<String> notes = new ArrayList<>();
        assertTrue(experts.make(new Making(done -> {}, poor -> {}, notes::add, Duration.ofHours(1), () -> false)));
        assertEquals(1, notes.size(), notes.toString());
        String note = notes.get(0);
        assertTrue(note.startsWith(way + ": damaged ("), note);
        assertTrue(cutOff || note.contains("(arrays of [3] for "), note);
        assertTrue(note.endsWith("; removed, and the network is trained on from its state before"), note);
        assertSame(made(tiny.experts(cache.resolve("whole"))), experts);
    }
}
