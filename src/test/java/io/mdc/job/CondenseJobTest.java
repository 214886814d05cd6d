package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mdc.base.DataException;
import io.mdc.base.DivergedException;
import io.mdc.base.Json;
import io.mdc.base.LockHolder;
import io.mdc.bench.Estimate;
import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.report.Progress;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs on a few images. */
class CondenseJobTest extends TinyJobs {
    @Test
    void aFinishedRunIsEvaluatedIfItsSettingsSaySo() throws IOException {
        RunConfig config = TinySettings.with("evaluate", "true");
        CondenseJob.Result result = finished(condense(config, folder.resolve("run"), false, TinyJobs::goOn));
        Evaluation evaluation = result.evaluation().orElseThrow();
        assertEquals(2, evaluation.results().size());
        assertEquals(
                new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(evaluation)),
                new ObjectMapper().readTree(result.directory().evaluation().toFile()));
        assertEquals(2, CondensedSet.read(result.directory().synthetic()).ipc());
        assertTrue(Files.exists(result.directory().picture()));

        CondenseJob.Result without =
                finished(condense(TinySettings.with(), folder.resolve("other"), false, TinyJobs::goOn));
        assertEquals(Optional.empty(), without.evaluation());
        assertFalse(Files.exists(without.directory().evaluation()));
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
        Evaluation continued = finished(new EvaluateJob(directory, config).run(Progress.silent(), TinyJobs::goOn))
                .evaluation();
        assertEquals(
                continued,
                finished(new EvaluateJob(directory, config).run(Progress.silent(), TinyJobs::goOn))
                        .evaluation());
    }

    @Test
    void anEstimateIsToldBeforeANewRunOnly() throws IOException {
        StringWriter text = new StringWriter();
        Path out = folder.resolve("run");
        try (Progress progress = Progress.on(new PrintWriter(text), false)) {
            new CondenseJob(TinySettings.with(), Optional.of(out), false).run(progress, TinyJobs::goOn);
        }
        assertTrue(text.toString().startsWith("condensing should take "), text::toString);
        StringWriter resumed = new StringWriter();
        try (Progress progress = Progress.on(new PrintWriter(resumed), false)) {
            new CondenseJob(TinySettings.with(), Optional.of(out), true).run(progress, TinyJobs::goOn);
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
                assertThrows(RuntimeException.class, () -> condense(config, out, false, TinyJobs::goOn));
        assertTrue(thrown instanceof ConfigException || thrown instanceof DataException, thrown.toString());
        assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
        assertFalse(Files.exists(out));
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
        return finished(new EvaluateJob(directory, TinySettings.with(changes)).run(Progress.silent(), TinyJobs::goOn))
                .evaluation();
    }

    @Test
    void aDirectoryInUseIsRefusedWithItsHolder() throws IOException {
        Path out = folder.resolve("run");
        AtomicReference<String> refused = new AtomicReference<>();
        condense(TinySettings.with(), out, false, () -> {
            refused.set(
                    assertThrows(DataException.class, () -> condense(TinySettings.with(), out, true, TinyJobs::goOn))
                            .getMessage());
            return false;
        });
        assertTrue(
                refused.get()
                        .startsWith(out + "/lock: in use by process "
                                + ProcessHandle.current().pid()),
                refused.get());
        assertFalse(Files.exists(out.resolve("lock")));
        finished(condense(TinySettings.with(), out, true, TinyJobs::goOn));
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
        String other = Json.text(new LockHolder(77, "elsewhere.example", "", "2026-01-31T10:00:00Z"));
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
        RunConfig longer = TinySettings.with("lr-img", "1000", "outer", "6");
        finished(condense(longer, directory.path(), true, TinyJobs::goOn));
        assertEquals(List.of(warning), directory.warnings(), "nothing is told of later loops");
        assertEquals(List.of(), condensed(folder.resolve("usual")).warnings());
    }

    @Test
    void aSetOfOtherImagesThanTheDataIsRefused() throws IOException {
        RunDirectory directory = condensed(folder.resolve("run"), "outer", "0");
        new CondensedSet(new float[2 * 3 * 8 * 8], new int[] {2, 3, 8, 8}, 2, 1).write(directory.synthetic());
        EvaluateJob job = new EvaluateJob(directory, TinySettings.with("sizes", "1"));
        String message = assertThrows(DataException.class, () -> job.run(Progress.silent(), TinyJobs::goOn))
                .getMessage();
        assertEquals(
                directory.synthetic() + ": 2 classes of images 3x8x8, which are not those of the data set npz",
                message);
    }

    private RunConfig withoutConvolution(String method) throws IOException {
        return TinySettings.with(
                "method", method, "network", TinySettings.dense(folder, 1).toString(), "width", "auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dm", "dance"})
    void aNetworkWithoutAConvolutionServesMethodsThatMatchNoGradients(String method) throws IOException {
        finished(condense(withoutConvolution(method), folder.resolve("run"), false, TinyJobs::goOn));
    }

    @Test
    void aNetworkWithoutAConvolutionHasNoGradientsOfOnes() throws IOException {
        RunConfig config = withoutConvolution("idc");
        assertEquals(
                "--match conv: the network has no parameter of these kinds",
                assertThrows(
                                ConfigException.class,
                                () -> condense(config, folder.resolve("run"), false, TinyJobs::goOn))
                        .getMessage());
    }

    @Test
    void aPoolThatDivergesIsNotKeptAndNamesTheRate() {
        RunConfig config = TinySettings.with(
                "method", "dance", "net-lr", "100", "net-decay", "1", "pool-size", "1", "pool-images", "6400");
        String message = assertThrows(
                        DivergedException.class, () -> condense(config, folder.resolve("run"), false, TinyJobs::goOn))
                .getMessage();
        assertEquals(
                "training of network 0 (pool) came to numbers that are not finite before its state 1; --net-lr 100.0 may"
                        + " be too large",
                message);
    }
}
