package io.mdc.pretrained;

import static io.mdc.pretrained.TinyExperts.BATCHES;
import static io.mdc.pretrained.TinyExperts.EPOCHS;
import static io.mdc.pretrained.TinyExperts.made;
import static io.mdc.pretrained.TinyExperts.making;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.Json;
import io.mdc.base.Workers;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TrainedNetworks of a few small images: the work shared, the files, the room. */
class TrainedNetworksTest {
    private final TinyExperts tiny = new TinyExperts();

    @TempDir
    private Path cache;

    @AfterEach
    void close() {
        tiny.close();
    }

    /** As two processes do; each has a runner of its own. */
    @Test
    void twoShareTheWork() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        List<Callable<TrainedNetworks>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(() -> {
                try (Workers own = new Workers(1)) {
                    TrainedNetworks experts = tiny.experts(own, cache, "experts", "5");
                    assertTrue(experts.make(making(done -> {}, poor -> {}, () -> steps.incrementAndGet() < 0)));
                    return experts;
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<TrainedNetworks> made : threads.invokeAll(both)) {
                assertEquals(0, made.get().steps(), "all are there when one comes back");
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatAnotherTrainsIsWaitedForAndNotTrainedTwice() throws Exception {
        TrainedNetworks experts = tiny.experts(cache);
        TrainedNetworks elsewhere = made(tiny.experts(cache.resolve("elsewhere")));
        Path first = experts.folder().resolve("0");
        Files.createDirectories(first);
        Files.copy(elsewhere.folder().resolve("made-by.json"), experts.folder().resolve("made-by.json"));
        DirectoryLock lock = DirectoryLock.take(first);
        AtomicInteger asked = new AtomicInteger();
        List<Long> told = new ArrayList<>();
        assertTrue(experts.make(making(told::add, poor -> {}, () -> {
            // The other process finishes after this one has trained the second network and waited for a while.
            if (told.size() >= EPOCHS * BATCHES && asked.incrementAndGet() == 3) {
                copy(elsewhere.folder().resolve("0"), first);
                close(lock);
            }
            return false;
        })));
        assertEquals(2 * EPOCHS * BATCHES, told.get(told.size() - 1));
        assertTrue(told.size() < 2 * EPOCHS * BATCHES, told.toString());
        assertEquals(0, experts.steps());
    }

    private static void copy(Path from, Path to) {
        for (int state = 1; state <= EPOCHS; state++) {
            try {
                Files.copy(from.resolve(state + ".npz"), to.resolve(state + ".npz"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void close(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyEpochAndExpertDiffers() {
        TrainedNetworks experts = made(tiny.experts(cache));
        assertFalse(Arrays.equals(tiny.parameters(experts, 0, 0), tiny.parameters(experts, 1, 0)));
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            assertFalse(Arrays.equals(tiny.parameters(experts, 0, epoch), tiny.parameters(experts, 0, epoch + 1)));
        }
    }

    @Test
    void stepsAreThoseThatAreMissing() {
        assertEquals(2 * EPOCHS * BATCHES, tiny.experts(cache).steps());
        made(tiny.experts(cache));
        assertEquals(0, tiny.experts(cache).steps());
        assertEquals(EPOCHS * BATCHES, tiny.experts(cache, "experts", "3").steps());
        assertEquals(2 * 2 * BATCHES, tiny.experts(cache, "epochs-expert", "5").steps());
        for (String[] other : new String[][] {
            {"batch-expert", "6"},
            {"lr-expert", "0.02"},
            {"augment-expert", "none"},
            {"seed-expert", "1"},
            {"width", "3"}
        }) {
            assertNotEquals(0, tiny.experts(cache, other).steps(), other[0]);
        }
    }

    @Test
    void aFileThatIsCutOffIsNamedBeforeAnythingIsTrained() throws IOException {
        TrainedNetworks experts = made(tiny.experts(cache));
        float[] before = tiny.parameters(experts, 1, 2);
        Path file = experts.folder().resolve("1").resolve("2.npz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        String message = assertThrows(DataException.class, experts::check).getMessage();
        assertTrue(message.startsWith(file + ": the network is damaged ("), message);
        assertTrue(message.endsWith("; remove this file, and it is trained again"), message);
        Files.delete(file);
        experts.check();
        made(experts);
        assertArrayEquals(before, tiny.parameters(experts, 1, 2));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertEquals(
                message.substring(0, 60),
                assertThrows(DataException.class, () -> tiny.parameters(experts, 1, 2))
                        .getMessage()
                        .substring(0, 60));
    }

    @Test
    void aFolderOfOtherSettingsOrWithoutThemIsRefused() throws IOException {
        TrainedNetworks experts = made(tiny.experts(cache));
        Path folder = made(tiny.experts(cache, "lr-expert", "0.5")).folder();
        Files.copy(
                folder.resolve("made-by.json"),
                experts.folder().resolve("made-by.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals(
                experts.folder() + ": these networks were made with learning-rate 0.5 where the settings have 0.01;"
                        + " remove this folder",
                assertThrows(DataException.class, experts::check).getMessage());
        Files.writeString(experts.folder().resolve("made-by.json"), Json.line(List.of()));
        String message = assertThrows(DataException.class, experts::check).getMessage();
        assertTrue(message.startsWith(experts.folder() + ": damaged cache of networks (made-by.json: "), message);
    }

    @Test
    void roomIsThereBeforeAnythingIsTrained() {
        Path folder = tiny.experts(cache).folder();
        String message = assertThrows(
                        DataException.class, () -> Preparation.requireRoom(Map.of(folder, Long.MAX_VALUE)))
                .getMessage();
        assertTrue(
                message.startsWith("no room for networks: " + folder + ": the disk has not enough room: about "),
                message);
        assertTrue(message.endsWith("make room, or name another directory with MDC_DATA_DIR"), message);
    }

    @Test
    void bytesAreThoseOfTheFilesThatAreMissing() throws IOException {
        TrainedNetworks experts = tiny.experts(cache);
        long expected = experts.bytes();
        made(experts);
        assertEquals(0, experts.bytes());
        long written = 0;
        for (Path file : Folders.files(experts.folder())) {
            written += file.toString().endsWith(".npz") ? Files.size(file) : 0;
        }
        assertTrue(written <= expected && expected < 3 * written, written + " of " + expected);
    }

    @Test
    void aFileOfNumbersThatAreNotFiniteIsDamaged() throws IOException {
        TrainedNetworks experts = made(tiny.experts(cache));
        Path file = experts.folder().resolve("1").resolve("2.npz");
        float[] values = NumpyArchive.read(file).get("parameters").toFloats();
        values[3] = Float.NaN;
        new NumpyArchive()
                .put("parameters", NumpyArray.of(values, values.length))
                .write(file);
        assertEquals(
                file + ": the network is damaged (numbers in it are not finite); remove this file, and it is trained"
                        + " again",
                assertThrows(DataException.class, () -> tiny.parameters(experts, 1, 2))
                        .getMessage());
    }
}
