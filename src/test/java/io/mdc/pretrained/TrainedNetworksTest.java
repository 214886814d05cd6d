package io.mdc.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.DivergedException;
import io.mdc.base.Json;
import io.mdc.base.Workers;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Sgd;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.Layer;
import io.mdc.testing.Folders;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TrainedNetworks of a few small images. */
class TrainedNetworksTest {
    private static final int EPOCHS = 3;

    /** 12 images in batches of 5. */
    private static final int BATCHES = 3;

    private final Workers workers = new Workers(2);
    private final ChunkedGraph runner = new ChunkedGraph(
            DifferentiableGraph.compile(ConvNet.configuration(1, 2, 3, 8, 2), 3, 8, 8, TestBackends.HOST), workers, 4);

    @TempDir
    private Path cache;

    @AfterEach
    void close() {
        workers.close();
    }

    private static Dataset data(long seed) {
        byte[] pixels = new byte[12 * 3 * 8 * 8];
        new SplittableRandom(seed).nextBytes(pixels);
        int[] labels = new int[12];
        Arrays.setAll(labels, i -> (i + (int) seed) % 2);
        ImageSet set = new ImageSet(pixels, labels, 2, 3, 8, 8);
        return new Dataset("noise", List.of("a", "b"), set, set, Normalization.of(set), List.of());
    }

    private TrainedNetworks experts(Path where, String... changes) {
        return experts(runner, where, changes);
    }

    private static TrainedNetworks experts(ChunkedGraph runner, Path where, String... changes) {
        Map<String, String> settings =
                new HashMap<>(Map.of("method", "mtt", "experts", "2", "batch-expert", "5", "width", "2"));
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        RunConfig config = ConfigReader.read(Layer.options(settings));
        ExpertsConfig experts = config.experts();
        int batch = experts.batchExpert();
        TrainingPlan plan = new TrainingPlan(
                TrainingPlan.Kind.EXPERTS,
                experts.experts(),
                experts.epochsExpert().orElse(EPOCHS),
                (12 + batch - 1) / batch,
                batch,
                experts.lrExpert(),
                new Sgd(0, 0),
                experts.augmentExpert(),
                0,
                experts.seedExpert());
        return new TrainedNetworks(plan, config.network(), data(0), runner, where);
    }

    private static Making making(LongConsumer done, Consumer<PoorNetwork> poor, BooleanSupplier stop) {
        return new Making(done, poor, note -> {}, Duration.ofHours(1), stop);
    }

    private static TrainedNetworks made(TrainedNetworks experts) {
        assertTrue(experts.make(making(done -> {}, poor -> {}, () -> false)));
        return experts;
    }

    private float[] parameters(TrainedNetworks experts, int expert, int epoch) {
        ParameterSet set = runner.graph().newParameters();
        experts.read(expert, epoch, set);
        return set.flat().toFloats();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 8, 10, 17})
    void interruptedTrainingLosesNothing(int after) {
        TrainedNetworks whole = made(experts(cache.resolve("whole")));
        TrainedNetworks parts = experts(cache.resolve("parts"));
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
                assertArrayEquals(parameters(whole, expert, epoch), parameters(parts, expert, epoch));
            }
        }
        for (Path file : files(parts.folder())) {
            assertTrue(file.toString().matches(".*/(made-by.json|\\d+\\.npz)"), file.toString());
        }
    }

    private static List<Path> files(Path folder) {
        try {
            return Folders.files(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void trainingThatIsKilledLosesWhatItDidSinceItsWayWasSaved() throws IOException {
        TrainedNetworks whole = made(experts(cache.resolve("whole")));
        TrainedNetworks parts = experts(cache.resolve("parts"));
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
        for (Path file : files(expected.folder())) {
            Path other =
                    actual.folder().resolve(expected.folder().relativize(file).toString());
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), file.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWayThatIsDamagedIsToldAndGoneOnceMore(boolean cutOff) throws IOException {
        TrainedNetworks experts = experts(cache.resolve("damaged"));
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
        assertSame(made(experts(cache.resolve("whole"))), experts);
    }

    /** As two processes do; each has a runner of its own. */
    @Test
    void twoShareTheWork() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        List<Callable<TrainedNetworks>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(() -> {
                try (Workers own = new Workers(1)) {
                    TrainedNetworks experts = experts(new ChunkedGraph(runner.graph(), own, 4), cache, "experts", "5");
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
        TrainedNetworks experts = experts(cache);
        TrainedNetworks elsewhere = made(experts(cache.resolve("elsewhere")));
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
        TrainedNetworks experts = made(experts(cache));
        assertFalse(Arrays.equals(parameters(experts, 0, 0), parameters(experts, 1, 0)));
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            assertFalse(Arrays.equals(parameters(experts, 0, epoch), parameters(experts, 0, epoch + 1)));
        }
    }

    @Test
    void stepsAreThoseThatAreMissing() {
        assertEquals(2 * EPOCHS * BATCHES, experts(cache).steps());
        made(experts(cache));
        assertEquals(0, experts(cache).steps());
        assertEquals(EPOCHS * BATCHES, experts(cache, "experts", "3").steps());
        assertEquals(2 * 2 * BATCHES, experts(cache, "epochs-expert", "5").steps());
        for (String[] other : new String[][] {
            {"batch-expert", "6"},
            {"lr-expert", "0.02"},
            {"augment-expert", "none"},
            {"seed-expert", "1"},
            {"width", "3"}
        }) {
            assertNotEquals(0, experts(cache, other).steps(), other[0]);
        }
    }

    @Test
    void aFileThatIsCutOffIsNamedBeforeAnythingIsTrained() throws IOException {
        TrainedNetworks experts = made(experts(cache));
        float[] before = parameters(experts, 1, 2);
        Path file = experts.folder().resolve("1").resolve("2.npz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        String message = assertThrows(DataException.class, experts::check).getMessage();
        assertTrue(message.startsWith(file + ": the network is damaged ("), message);
        assertTrue(message.endsWith("; remove this file, and it is trained again"), message);
        Files.delete(file);
        experts.check();
        made(experts);
        assertArrayEquals(before, parameters(experts, 1, 2));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertEquals(
                message.substring(0, 60),
                assertThrows(DataException.class, () -> parameters(experts, 1, 2))
                        .getMessage()
                        .substring(0, 60));
    }

    @Test
    void aFolderOfOtherSettingsOrWithoutThemIsRefused() throws IOException {
        TrainedNetworks experts = made(experts(cache));
        Path folder = made(experts(cache, "lr-expert", "0.5")).folder();
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
        Path folder = experts(cache).folder();
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
        TrainedNetworks experts = experts(cache);
        long expected = experts.bytes();
        made(experts);
        assertEquals(0, experts.bytes());
        long written = 0;
        for (Path file : Folders.files(experts.folder())) {
            written += file.toString().endsWith(".npz") ? Files.size(file) : 0;
        }
        assertTrue(written <= expected && expected < 3 * written, written + " of " + expected);
    }

    /** Decay at a rate of 100 makes weights a hundred times as large with every step. */
    private TrainedNetworks diverging(int states, long batches) {
        RunConfig config = ConfigReader.read(Layer.options(Map.of("width", "2")));
        TrainingPlan plan = new TrainingPlan(
                TrainingPlan.Kind.EXPERTS,
                2,
                states,
                batches,
                5,
                100,
                new Sgd(0, 1),
                config.experts().augmentExpert(),
                0,
                0);
        return new TrainedNetworks(plan, config.network(), data(0), runner, cache);
    }

    @Test
    void aStateThatIsNotFiniteIsNotKept() {
        TrainedNetworks experts = diverging(20, BATCHES);
        long all = experts.steps();
        List<PoorNetwork> poor = new ArrayList<>();
        String message = assertThrows(
                        DivergedException.class, () -> experts.make(making(done -> {}, poor::add, () -> false)))
                .getMessage();
        assertTrue(
                message.matches(
                        "training of network 0 \\(experts\\) came to numbers that are not finite before its state"
                                + " \\d+; --lr-expert 100.0 may be too large"),
                message);
        assertTrue(experts.steps() > all / 2, "the second was not begun");
        assertEquals(1, poor.size(), "told once");
        String warning = poor.get(0).toString();
        assertTrue(warning.startsWith("training of network 0 (experts) diverging before its state "), warning);
        assertTrue(warning.endsWith("that of guessing is 0.693; --lr-expert 100.0 may be too large"), warning);
        long left = experts.steps();
        assertThrows(DivergedException.class, () -> experts.make(making(done -> {}, network -> {}, () -> false)));
        assertEquals(left, experts.steps(), "it goes on from the last state that is finite");
    }

    @Test
    void aTrainingThatCannotComeToAnythingEndsWithinAHundredSteps() {
        AtomicInteger steps = new AtomicInteger();
        TrainedNetworks experts = diverging(1, 1000);
        assertThrows(
                DivergedException.class,
                () -> experts.make(making(done -> steps.set((int) done), network -> {}, () -> false)));
        assertTrue(steps.get() < 200, () -> steps + " of 1000 steps");
    }

    @Test
    void aTrainingThatIsNoUseIsKeptAndToldOnce() {
        List<PoorNetwork> poor = new ArrayList<>();
        TrainedNetworks experts = experts(cache, "lr-expert", "100");
        assertTrue(experts.make(making(done -> {}, poor::add, () -> false)));
        assertEquals(1, poor.size());
        String warning = poor.get(0).toString();
        assertTrue(warning.startsWith("training of network 0 (experts) diverging before its state "), warning);
        assertTrue(warning.endsWith("that of guessing is 0.693; --lr-expert 100.0 may be too large"), warning);
    }

    @Test
    void aNetworkThatIsNoUseIsToldWhoeverTrainedIt() throws IOException {
        List<String> poor = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            assertTrue(experts(cache, "lr-expert", "100")
                    .make(making(done -> {}, network -> poor.add(network.toString()), () -> false)));
        }
        assertEquals(2, poor.size());
        assertEquals(poor.get(0), poor.get(1));
        TrainedNetworks experts = experts(cache, "lr-expert", "100");
        for (Path file : files(experts.folder())) {
            if (file.toString().endsWith(".npz")) { // as earlier versions wrote it
                new NumpyArchive()
                        .put("parameters", NumpyArchive.read(file).get("parameters"))
                        .write(file);
            }
        }
        assertTrue(experts.make(making(done -> {}, network -> poor.add(network.toString()), () -> false)));
        assertEquals(2, poor.size(), "nobody knows");
    }

    @Test
    void trainingThatGoesWellIsNotRemarked() {
        List<PoorNetwork> poor = new ArrayList<>();
        assertTrue(experts(cache).make(making(done -> {}, poor::add, () -> false)));
        assertEquals(List.of(), poor);
    }

    @Test
    void aFileOfNumbersThatAreNotFiniteIsDamaged() throws IOException {
        TrainedNetworks experts = made(experts(cache));
        Path file = experts.folder().resolve("1").resolve("2.npz");
        float[] values = NumpyArchive.read(file).get("parameters").toFloats();
        values[3] = Float.NaN;
        new NumpyArchive()
                .put("parameters", NumpyArray.of(values, values.length))
                .write(file);
        assertEquals(
                file + ": the network is damaged (numbers in it are not finite); remove this file, and it is trained"
                        + " again",
                assertThrows(DataException.class, () -> parameters(experts, 1, 2))
                        .getMessage());
    }
}
