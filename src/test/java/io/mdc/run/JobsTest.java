package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.DivergedException;
import io.mdc.base.Json;
import io.mdc.bench.Estimate;
import io.mdc.config.RunConfig;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.numpy.NumpyArchive;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs on a few images. */
class JobsTest {
    @TempDir
    private Path folder;

    private static Ending<CondenseJob.Result> condense(RunConfig config, Path out, boolean resume, Stop stop)
            throws IOException {
        return new CondenseJob(config, Optional.of(out), resume).run(Progress.silent(), stop);
    }

    private static <T> T finished(Ending<T> ending) {
        assertInstanceOf(Ending.Finished.class, ending);
        return ((Ending.Finished<T>) ending).result();
    }

    private static <T> String advice(Ending<T> ending) {
        assertInstanceOf(Ending.Interrupted.class, ending);
        return ((Ending.Interrupted<T>) ending).advice();
    }

    private static boolean goOn() {
        return false;
    }

    /** Says stop when asked for the {@code n}th time. */
    private static Stop stopAt(int n) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() >= n;
    }

    private static RunDirectory condensed(Path out, String... changes) throws IOException {
        return finished(condense(TinySettings.with(changes), out, false, JobsTest::goOn))
                .directory();
    }

    @Test
    void aFinishedRunIsEvaluatedIfItsSettingsSaySo() throws IOException {
        RunConfig config = TinySettings.with("evaluate", "true");
        CondenseJob.Result result = finished(condense(config, folder.resolve("run"), false, JobsTest::goOn));
        Evaluation evaluation = result.evaluation().orElseThrow();
        assertEquals(2, evaluation.results().size());
        assertEquals(
                new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(evaluation)),
                new ObjectMapper().readTree(result.directory().evaluation().toFile()));
        assertEquals(2, CondensedSet.read(result.directory().synthetic()).ipc());
        assertTrue(Files.exists(result.directory().picture()));

        CondenseJob.Result without =
                finished(condense(TinySettings.with(), folder.resolve("other"), false, JobsTest::goOn));
        assertEquals(Optional.empty(), without.evaluation());
        assertFalse(Files.exists(without.directory().evaluation()));
    }

    @ParameterizedTest
    @CsvSource({"3", "6"})
    void aRunThatIsInterruptedWhileItsNetworksAreTrainedOrAfterIsResumedToTheSameBytes(int stop) throws IOException {
        RunConfig config = TinySettings.with(
                "method", "dance", "subset", "all", "pool-size", "2", "pool-images", "8", "seed", "1" + stop);
        Path halves = folder.resolve("halves");
        assertEquals(
                "interrupted; continue with: mdc condense --resume --out " + halves,
                advice(condense(config, halves, false, stopAt(stop))));
        finished(condense(config, halves, true, JobsTest::goOn));
        Path whole = folder.resolve("whole");
        finished(condense(config, whole, false, JobsTest::goOn));
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), halves.resolve("synthetic.npz")));
    }

    @Test
    void networksThatHaveToBeTrainedAreEstimated() {
        Estimate dance = new EstimateJob(TinySettings.with("method", "dance", "seed", "77"))
                .run(Progress.silent())
                .condensing();
        assertTrue(dance.preparation() > 0);
        assertTrue(dance.seconds() > dance.preparation());
        assertEquals(
                0,
                new EstimateJob(TinySettings.with("method", "dm"))
                        .run(Progress.silent())
                        .condensing()
                        .preparation());
    }

    @Test
    void anInterruptedRunIsResumedToTheSameBytes() throws IOException {
        RunConfig config = TinySettings.with();
        Path whole = folder.resolve("whole");
        condensed(whole);
        Path halves = folder.resolve("halves");
        assertEquals(
                "interrupted; continue with: mdc condense --resume --out " + halves,
                advice(condense(config, halves, false, stopAt(3))));
        assertFalse(Files.exists(halves.resolve("synthetic.npz")));
        assertEquals(3, Files.readAllLines(halves.resolve("metrics.jsonl")).size());
        assertEquals(
                Manifest.Status.INTERRUPTED,
                Manifest.read(halves.resolve("manifest.json")).status());
        finished(condense(config, halves, true, JobsTest::goOn));
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), halves.resolve("synthetic.npz")));
        assertEquals(-1, Files.mismatch(whole.resolve("mls.jsonl"), halves.resolve("mls.jsonl")));
        assertEquals(4, Files.readAllLines(halves.resolve("metrics.jsonl")).size());
        Manifest manifest = Manifest.read(halves.resolve("manifest.json"));
        assertEquals(Manifest.Status.FINISHED, manifest.status());
        assertEquals(1, manifest.resumed());
    }

    @Test
    void anInterruptedEvaluationIsContinuedToTheSameResults() throws IOException {
        RunConfig config = TinySettings.with("evaluate", "true");
        Path out = folder.resolve("run");
        // Four inner loops, then an epoch more than the first trial has.
        assertEquals(
                "interrupted; the evaluation goes on with what is left: mdc evaluate " + out,
                advice(condense(config, out, false, stopAt(7))));
        RunDirectory directory = RunDirectory.open(out);
        assertTrue(Files.exists(directory.synthetic()));
        assertFalse(Files.exists(directory.evaluation()));
        assertEquals(2, Files.readAllLines(directory.evaluationLedger()).size());
        Evaluation continued = finished(new EvaluateJob(directory, config).run(Progress.silent(), JobsTest::goOn))
                .evaluation();
        assertEquals(
                continued,
                finished(new EvaluateJob(directory, config).run(Progress.silent(), JobsTest::goOn))
                        .evaluation());
    }

    @Test
    void anEstimateIsToldBeforeANewRunOnly() throws IOException {
        StringWriter text = new StringWriter();
        Path out = folder.resolve("run");
        try (Progress progress = Progress.on(new PrintWriter(text), false)) {
            new CondenseJob(TinySettings.with(), Optional.of(out), false).run(progress, JobsTest::goOn);
        }
        assertTrue(text.toString().startsWith("condensing should take "), text::toString);
        StringWriter resumed = new StringWriter();
        try (Progress progress = Progress.on(new PrintWriter(resumed), false)) {
            new CondenseJob(TinySettings.with(), Optional.of(out), true).run(progress, JobsTest::goOn);
        }
        assertFalse(resumed.toString().contains("should take"), resumed::toString);
        assertEquals(
                4,
                new EstimateJob(TinySettings.with())
                        .run(Progress.silent())
                        .condensing()
                        .loops());
    }

    @ParameterizedTest
    @CsvSource({
        "network,resnet10,has batch norm",
        "ipc,200,200",
        "depth,4,must be at most 3 for images of 12x12 pixels",
        "data-dir,nowhere,nowhere/train.npz: no such readable file"
    })
    void nothingIsWrittenBeforeSettingsAndDataAreKnownToFit(String key, String value, String reason) {
        Path out = folder.resolve("run");
        RunConfig config = TinySettings.with(key, value);
        RuntimeException thrown =
                assertThrows(RuntimeException.class, () -> condense(config, out, false, JobsTest::goOn));
        assertTrue(thrown instanceof ConfigException || thrown instanceof DataException, thrown.toString());
        assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
        assertFalse(Files.exists(out));
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefused() throws IOException {
        Path out = folder.resolve("run");
        condense(TinySettings.with(), out, false, stopAt(2));
        for (String[] other : new String[][] {{"width", "3", "2"}, {"lr-img", "0.5", "0.005"}, {"seed", "1", "0"}}) {
            String message = assertThrows(
                            DataException.class,
                            () -> condense(TinySettings.with(other[0], other[1]), out, true, JobsTest::goOn))
                    .getMessage();
            assertEquals(
                    out.resolve("config.yaml") + ": " + other[0] + " is " + other[1] + ", but the run was begun with "
                            + other[2] + "; set it back, or begin another run",
                    message);
        }
        RunConfig sameImages =
                TinySettings.with("threads", "2", "chunk", "1", "epochs", "9", "checkpoint-minutes", "1");
        finished(condense(sameImages, out, true, JobsTest::goOn));
    }

    @Test
    void dataThatChangedOrMovedIsNoticedByItsContent() throws IOException {
        Path source = Path.of("src/test/resources/io/mdc/dataset/npz");
        Path moved = Files.createDirectory(folder.resolve("moved"));
        for (String name : new String[] {"train.npz", "test.npz"}) {
            Files.copy(source.resolve(name), moved.resolve(name));
        }
        Path out = folder.resolve("run");
        condense(TinySettings.with(), out, false, stopAt(2));
        RunConfig elsewhere = TinySettings.with("data-dir", moved.toString());
        assertEquals(
                "interrupted; continue with: mdc condense --resume --out " + out,
                advice(condense(elsewhere, out, true, stopAt(1))));
        Files.copy(source.resolve("train.npz"), moved.resolve("test.npz"), StandardCopyOption.REPLACE_EXISTING);
        String message = assertThrows(DataException.class, () -> condense(elsewhere, out, true, JobsTest::goOn))
                .getMessage();
        assertTrue(message.startsWith("the data set has changed since the run was begun"), message);
    }

    @Test
    void aRunEndedBeforeItsFirstCheckpointIsResumedFromTheBeginning() throws IOException {
        condensed(folder.resolve("whole"));
        Path out = folder.resolve("run");
        condense(TinySettings.with(), out, false, stopAt(2));
        FileUtils.deleteDirectory(out.resolve("checkpoint").toFile());
        finished(condense(TinySettings.with(), out, true, JobsTest::goOn));
        assertEquals(-1, Files.mismatch(folder.resolve("whole/synthetic.npz"), out.resolve("synthetic.npz")));
        assertEquals(4, Files.readAllLines(out.resolve("metrics.jsonl")).size());
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void aFinishedRunWhoseCheckpointsAreGoneIsNotCondensedAgain() throws IOException {
        Path out = folder.resolve("run");
        condensed(out);
        FileUtils.deleteDirectory(out.resolve("checkpoint").toFile());
        Map<String, String> before = contents(out);
        assertEquals(
                Optional.empty(),
                finished(condense(TinySettings.with(), out, true, JobsTest::goOn))
                        .evaluation());
        assertEquals(before, contents(out));
        String message = assertThrows(
                        DataException.class, () -> condense(TinySettings.with("outer", "3"), out, true, JobsTest::goOn))
                .getMessage();
        assertEquals(
                out + ": --outer 3: the run is finished after 2 outer loops, and " + out + "/checkpoint, from which it"
                        + " would go on, is gone; put that back from a copy, or condense in another directory: mdc"
                        + " condense --config " + out + "/config.yaml --outer 3 --out NEW",
                message);
        assertEquals(before, contents(out));
        CondenseJob.Result result =
                finished(condense(TinySettings.with("evaluate", "true"), out, true, JobsTest::goOn));
        assertEquals(2, result.evaluation().orElseThrow().results().size());
        assertEquals(before.get("metrics.jsonl"), contents(out).get("metrics.jsonl"));
    }

    @Test
    void theStateIsSavedByWallTimeToo() throws IOException {
        Path out = folder.resolve("run");
        AtomicInteger asked = new AtomicInteger();
        assertThrows(
                IllegalStateException.class,
                () -> condense(TinySettings.with("checkpoint-minutes", "0"), out, false, () -> {
                    if (asked.incrementAndGet() == 3) {
                        throw new IllegalStateException("as if killed");
                    }
                    return false;
                }));
        Checkpoint last = RunDirectory.open(out).checkpoints().read(note -> {}).orElseThrow();
        assertEquals("2 1", last.state().outer() + " " + last.state().inner());
        assertEquals(3, last.metrics().lines());
        condensed(folder.resolve("whole"));
        finished(condense(TinySettings.with(), out, true, JobsTest::goOn));
        assertEquals(-1, Files.mismatch(folder.resolve("whole/synthetic.npz"), out.resolve("synthetic.npz")));
    }

    @Test
    void aRunOfDreamThatIsStoppedWithinAnIntervalGoesOnWithItsRealImages() throws IOException {
        RunConfig dream = TinySettings.with("method", "dream", "interval", "2", "subset", "adaptive");
        finished(condense(dream, folder.resolve("whole"), false, JobsTest::goOn));
        Path out = folder.resolve("run");
        condense(dream, out, false, () -> true);
        NumpyArchive state = NumpyArchive.read(out.resolve("checkpoint/state.npz"));
        assertArrayEquals(new int[] {4, 2}, state.get("real_images").shape());
        finished(condense(dream, out, true, JobsTest::goOn));
        assertEquals(-1, Files.mismatch(folder.resolve("whole/synthetic.npz"), out.resolve("synthetic.npz")));
        assertEquals(
                4, new EstimateJob(dream).run(Progress.silent()).condensing().loops());
    }

    @Test
    void evaluationsOfARunAccumulate() throws IOException {
        RunDirectory directory = condensed(folder.resolve("run"));
        Evaluation first = evaluated(directory);
        Evaluation both = evaluated(directory, "networks", "resnet10:1", "sizes", "1");
        assertEquals(
                List.of("convnet 1", "convnet 2", "resnet10:1 1"),
                both.results().stream().map(r -> r.network() + " " + r.size()).toList());
        assertEquals(first.results(), both.results().subList(0, 2));
        Evaluation longer = evaluated(directory, "epochs", "3", "sizes", "2");
        assertEquals(2, longer.protocols().size());
        assertEquals(both.results(), longer.results(0));
        Files.writeString(directory.evaluation(), "{");
        assertEquals(longer, evaluated(directory));
        assertTrue(Files.exists(directory.path().resolve("evaluation.json.damaged")));
        Files.delete(directory.evaluationLedger());
        assertEquals(longer.results(), evaluated(directory, "sizes", "1").results(), "stays without its trials");
    }

    private static Evaluation evaluated(RunDirectory directory, String... changes) throws IOException {
        return finished(new EvaluateJob(directory, TinySettings.with(changes)).run(Progress.silent(), JobsTest::goOn))
                .evaluation();
    }

    @Test
    void aDirectoryInUseIsRefusedWithItsHolder() throws IOException {
        Path out = folder.resolve("run");
        AtomicReference<String> refused = new AtomicReference<>();
        condense(TinySettings.with(), out, false, () -> {
            refused.set(
                    assertThrows(DataException.class, () -> condense(TinySettings.with(), out, true, JobsTest::goOn))
                            .getMessage());
            return false;
        });
        assertTrue(
                refused.get()
                        .startsWith(out + "/lock: in use by process "
                                + ProcessHandle.current().pid()),
                refused.get());
        assertFalse(Files.exists(out.resolve("lock")));
        finished(condense(TinySettings.with(), out, true, JobsTest::goOn));
    }

    @Test
    void aRunWhoseDirectoryIsRemovedEndsWithThat() {
        Path out = folder.resolve("run");
        String message = assertThrows(
                        DataException.class,
                        () -> condense(TinySettings.with(), out, false, () -> {
                            try {
                                FileUtils.deleteDirectory(out.toFile());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return false;
                        }))
                .getMessage();
        assertEquals(out + ": the run directory was removed while the run was under way", message);
        assertFalse(Files.exists(out));
    }

    @Test
    void aRunWhoseDirectoryAnotherMachineHasTakenOverEndsAndLeavesItAlone() throws IOException {
        Path out = folder.resolve("run");
        Path lock = out.resolve("lock");
        String other = Json.text(new DirectoryLock.Holder(77, "elsewhere.example", "", "2026-01-31T10:00:00Z"));
        String message = assertThrows(
                        DataException.class,
                        () -> condense(TinySettings.with(), out, false, () -> {
                            try {
                                Files.writeString(lock, other);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return false;
                        }))
                .getMessage();
        assertTrue(message.contains("lock: taken over by process 77 on elsewhere.example since "), message);
        assertEquals(other, Files.readString(lock));
        assertEquals(1, Files.readAllLines(out.resolve("metrics.jsonl")).size(), "nothing was written since");
        assertFalse(Files.exists(out.resolve("synthetic.npz")));
    }

    @Test
    void aRunThatDivergesWithFiniteNumbersWarnsOnceAndInItsManifest() throws IOException {
        RunDirectory directory = condensed(folder.resolve("run"), "lr-img", "1000", "outer", "4");
        assertEquals(1, directory.warnings().size(), directory.warnings().toString());
        String warning = directory.warnings().get(0);
        assertTrue(warning.startsWith("diverging in outer loop "), warning);
        assertTrue(warning.endsWith("; --lr-img 1000.0 may be too large"), warning);
        assertEquals(List.of(), condensed(folder.resolve("usual")).warnings());
    }

    @Test
    void aSetOfOtherImagesThanTheDataIsRefused() throws IOException {
        RunDirectory directory = condensed(folder.resolve("run"), "outer", "0");
        new CondensedSet(new float[2 * 3 * 8 * 8], new int[] {2, 3, 8, 8}, 2, 1).write(directory.synthetic());
        EvaluateJob job = new EvaluateJob(directory, TinySettings.with("sizes", "1"));
        String message = assertThrows(DataException.class, () -> job.run(Progress.silent(), JobsTest::goOn))
                .getMessage();
        assertEquals(
                directory.synthetic() + ": 2 classes of images 3x8x8, which are not those of the data set npz",
                message);
    }

    @Test
    void aJobThatResumesNamesItsDirectory() {
        RunConfig config = TinySettings.with();
        assertThrows(IllegalArgumentException.class, () -> new CondenseJob(config, Optional.empty(), true));
    }

    private RunConfig withoutConvolution(String method) throws IOException {
        return TinySettings.with(
                "method", method, "network", TinySettings.dense(folder, 1).toString(), "width", "auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dm", "dance"})
    void aNetworkWithoutAConvolutionServesMethodsThatMatchNoGradients(String method) throws IOException {
        finished(condense(withoutConvolution(method), folder.resolve("run"), false, JobsTest::goOn));
    }

    @Test
    void aNetworkWithoutAConvolutionHasNoGradientsOfOnes() throws IOException {
        RunConfig config = withoutConvolution("idc");
        assertEquals(
                "--match conv: the network has no parameter of these kinds",
                assertThrows(
                                ConfigException.class,
                                () -> condense(config, folder.resolve("run"), false, JobsTest::goOn))
                        .getMessage());
    }

    @Test
    void aPoolThatDivergesIsNotKeptAndNamesTheRate() {
        RunConfig config = TinySettings.with(
                "method", "dance", "net-lr", "100", "net-decay", "1", "pool-size", "1", "pool-images", "6400");
        String message = assertThrows(
                        DivergedException.class, () -> condense(config, folder.resolve("run"), false, JobsTest::goOn))
                .getMessage();
        assertEquals(
                "training of network 0 (pool) came to numbers that are not finite before its state 1; --net-lr 100.0 may"
                        + " be too large",
                message);
    }
}
