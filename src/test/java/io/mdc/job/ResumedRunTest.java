package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.numpy.NumpyArchive;
import io.mdc.report.Progress;
import io.mdc.run.TinySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that go on. */
class ResumedRunTest extends TinyJobs {
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
        finished(condense(config, halves, true, TinyJobs::goOn));
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), halves.resolve("synthetic.npz")));
        assertEquals(-1, Files.mismatch(whole.resolve("mls.jsonl"), halves.resolve("mls.jsonl")));
        assertEquals(4, Files.readAllLines(halves.resolve("metrics.jsonl")).size());
        Manifest manifest = Manifest.read(halves.resolve("manifest.json"));
        assertEquals(Manifest.Status.FINISHED, manifest.status());
        assertEquals(1, manifest.resumed());
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
        finished(condense(config, halves, true, TinyJobs::goOn));
        Path whole = folder.resolve("whole");
        finished(condense(config, whole, false, TinyJobs::goOn));
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), halves.resolve("synthetic.npz")));
    }

    @Test
    void aRunOfDreamThatIsStoppedWithinAnIntervalGoesOnWithItsRealImages() throws IOException {
        RunConfig dream = TinySettings.with("method", "dream", "interval", "2", "subset", "adaptive");
        finished(condense(dream, folder.resolve("whole"), false, TinyJobs::goOn));
        Path out = folder.resolve("run");
        condense(dream, out, false, () -> true);
        NumpyArchive state = NumpyArchive.read(out.resolve("checkpoint/state.npz"));
        assertArrayEquals(new int[] {4, 2}, state.get("real_images").shape());
        finished(condense(dream, out, true, TinyJobs::goOn));
        assertEquals(-1, Files.mismatch(folder.resolve("whole/synthetic.npz"), out.resolve("synthetic.npz")));
        assertEquals(
                4, new EstimateJob(dream).run(Progress.silent()).condensing().loops());
    }

    @Test
    void aRunEndedBeforeItsFirstCheckpointIsResumedFromTheBeginning() throws IOException {
        condensed(folder.resolve("whole"));
        Path out = folder.resolve("run");
        condense(TinySettings.with(), out, false, stopAt(2));
        FileUtils.deleteDirectory(out.resolve("checkpoint").toFile());
        finished(condense(TinySettings.with(), out, true, TinyJobs::goOn));
        assertEquals(-1, Files.mismatch(folder.resolve("whole/synthetic.npz"), out.resolve("synthetic.npz")));
        assertEquals(4, Files.readAllLines(out.resolve("metrics.jsonl")).size());
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
        finished(condense(TinySettings.with(), out, true, TinyJobs::goOn));
        assertEquals(-1, Files.mismatch(folder.resolve("whole/synthetic.npz"), out.resolve("synthetic.npz")));
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefused() throws IOException {
        Path out = folder.resolve("run");
        condense(TinySettings.with(), out, false, stopAt(2));
        for (String[] other : new String[][] {{"width", "3", "2"}, {"lr-img", "0.5", "0.005"}, {"seed", "1", "0"}}) {
            String message = assertThrows(
                            DataException.class,
                            () -> condense(TinySettings.with(other[0], other[1]), out, true, TinyJobs::goOn))
                    .getMessage();
            assertEquals(
                    out.resolve("config.yaml") + ": " + other[0] + " is " + other[1] + ", but the run was begun with "
                            + other[2] + "; set it back, or begin another run",
                    message);
        }
        RunConfig sameImages =
                TinySettings.with("threads", "2", "chunk", "1", "epochs", "9", "checkpoint-minutes", "1");
        finished(condense(sameImages, out, true, TinyJobs::goOn));
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
        String message = assertThrows(DataException.class, () -> condense(elsewhere, out, true, TinyJobs::goOn))
                .getMessage();
        assertTrue(message.startsWith("the data set has changed since the run was begun"), message);
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
                finished(condense(TinySettings.with(), out, true, TinyJobs::goOn))
                        .evaluation());
        assertEquals(before, contents(out));
        String message = assertThrows(
                        DataException.class, () -> condense(TinySettings.with("outer", "3"), out, true, TinyJobs::goOn))
                .getMessage();
        assertEquals(
                out + ": --outer 3: the run is finished after 2 outer loops, and " + out + "/checkpoint, from which it"
                        + " would go on, is gone; put that back from a copy, or condense in another directory: mdc"
                        + " condense --config " + out + "/config.yaml --outer 3 --out NEW",
                message);
        assertEquals(before, contents(out));
        CondenseJob.Result result =
                finished(condense(TinySettings.with("evaluate", "true"), out, true, TinyJobs::goOn));
        assertEquals(2, result.evaluation().orElseThrow().results().size());
        assertEquals(before.get("metrics.jsonl"), contents(out).get("metrics.jsonl"));
    }

    @Test
    void aJobThatResumesNamesItsDirectory() {
        RunConfig config = TinySettings.with();
        assertThrows(IllegalArgumentException.class, () -> new CondenseJob(config, Optional.empty(), true));
    }
}
