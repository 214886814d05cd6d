package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.backend.ConvolutionKind;
import io.mdc.base.DataException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.evaluate.CondensedSet;
import io.mdc.order.OrderBy;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are not what a command takes them for: no images are lost, and none are shown as another run's. */
class WrongRunsTest {
    @TempDir
    private Path folder;

    private RunDirectory condensed(String name, String... changes) throws IOException {
        Path out = folder.resolve(name);
        new CondenseJob(TinySettings.with(changes), Optional.of(out), false).run(Progress.silent(), () -> false);
        return RunDirectory.open(out);
    }

    private static Ending<CondenseJob.Result> resume(RunDirectory run, Stop stop, String... changes)
            throws IOException {
        return new CondenseJob(TinySettings.with(changes), Optional.of(run.path()), true).run(Progress.silent(), stop);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"version\""})
    void imagesOfUnknownOriginAreNotCondensedAnew(String manifest) throws IOException {
        Path out = folder.resolve("ordered");
        new OrderJob(condensed("run"), TinySettings.with(), OrderBy.RANDOM, out).run(Progress.silent(), () -> false);
        RunDirectory ordered = RunDirectory.open(out);
        byte[] images = Files.readAllBytes(ordered.synthetic());
        Files.delete(ordered.manifest());
        if (!manifest.isEmpty()) {
            Files.writeString(ordered.manifest(), manifest);
        }
        DataException refused = assertThrows(DataException.class, () -> resume(ordered, () -> false));
        assertTrue(
                refused.getMessage()
                        .startsWith(ordered.manifest() + ": missing or damaged, and there is no checkpoint"),
                refused.getMessage());
        assertArrayEquals(images, Files.readAllBytes(ordered.synthetic()));
    }

    @ParameterizedTest
    @CsvSource({"chunk,7,--chunk 16,--chunk 7", "convolution,direct,host-winograd,host-direct"})
    void aRunThatIsComputedInAnotherWayIsTold(String key, String value, String begun, String now) throws IOException {
        RunDirectory run = condensed("run", "chunk", "16", "convolution", "winograd", "backend", "host");
        StringWriter told = new StringWriter();
        String[] longer = {"outer", "3", "chunk", "16", "convolution", "winograd", "backend", "host", key, value};
        new CondenseJob(TinySettings.with(longer), Optional.of(run.path()), true)
                .run(Progress.on(new PrintWriter(told), false), () -> false);
        assertTrue(told.toString().contains(run.path() + ": was begun with "), told.toString());
        for (String part : new String[] {begun, now}) {
            assertTrue(told.toString().contains(part), told.toString());
        }
        told.getBuffer().setLength(0);
        longer[1] = "4";
        new CondenseJob(TinySettings.with(longer), Optional.of(run.path()), true)
                .run(Progress.on(new PrintWriter(told), false), () -> false);
        assertFalse(told.toString().contains("was begun with"), "the last part was the same: " + told);
    }

    /** It could once be asked for with any backend, and did nothing. */
    @Test
    void aWayToConvolveThatWasIgnoredIsNoneOfTheRuns() throws IOException {
        RunDirectory run = condensed("run", "backend", "nd4j");
        Path settings = run.path().resolve("config.yaml");
        Files.writeString(settings, Files.readString(settings).replace("convolution: auto", "convolution: winograd"));
        RunConfig begun = ConfigReader.read(run.settings(note -> {}));
        assertEquals(ConvolutionKind.AUTO, begun.compute().convolution());
        assertInstanceOf(
                Ending.Finished.class,
                new CondenseJob(begun.lasting(3), Optional.of(run.path()), true).run(Progress.silent(), () -> false));
    }

    @Test
    void dataThatARunWasNotMadeOfAreTold() throws IOException {
        RunDirectory run = condensed("run");
        assertEquals("", toldWhenEvaluated(run));
        Path other = folder.resolve("other");
        FileUtils.copyDirectory(Path.of(TinySettings.DATA).toFile(), other.toFile());
        assertEquals("", toldWhenEvaluated(run, "data-dir", other.toString()), "the same data at another place");
        Files.copy(other.resolve("train.npz"), other.resolve("test.npz"), StandardCopyOption.REPLACE_EXISTING);
        String told = run.path() + ": these are not the data that it was made of: ";
        assertEquals(
                told + "other files, or files of other content", toldWhenEvaluated(run, "data-dir", other.toString()));
        String manifest = Files.readString(run.manifest());
        Files.writeString(run.manifest(), manifest.replaceFirst("\"1\"", "\"dog\""));
        assertEquals(told + "class 1 was dog and is 1", toldWhenEvaluated(run));
        StringWriter robust = new StringWriter();
        new RobustJob(List.of(run), Layer.options(Map.of("draws", "1", "epochs-real", "1")))
                .run(Progress.on(new PrintWriter(robust), false), () -> false, leftOut -> {});
        assertEquals(
                1,
                robust.toString().lines().filter(line -> line.startsWith(told)).count(),
                robust.toString());
    }

    private static String toldWhenEvaluated(RunDirectory run, String... changes) throws IOException {
        StringWriter told = new StringWriter();
        new EvaluateJob(run, TinySettings.with(changes)).run(Progress.on(new PrintWriter(told), false), () -> false);
        return told.toString()
                .lines()
                .filter(line -> line.contains(" not the data "))
                .collect(Collectors.joining());
    }

    @Test
    void whatGoesOnToMoreLoopsIsNotTakenAsFinished() throws IOException {
        RunDirectory run = condensed("run");
        AtomicInteger asked = new AtomicInteger();
        String[] longer = {"outer", "9"};
        resume(run, () -> asked.incrementAndGet() > 1, longer);
        assertTrue(Files.exists(run.synthetic()), "that of the shorter run");
        String message =
                run.path() + ": the run is not finished; mdc condense --resume --out " + run.path() + " finishes it";
        RunConfig config = TinySettings.with(longer);
        OrderJob order = new OrderJob(run, config, OrderBy.RANDOM, folder.resolve("ordered"));
        EvaluateJob evaluate = new EvaluateJob(run, config);
        assertEquals(
                message,
                assertThrows(DataException.class, () -> order.run(Progress.silent(), () -> false))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(DataException.class, () -> evaluate.run(Progress.silent(), () -> false))
                        .getMessage());
    }

    @Test
    void ofADamagedSetItIsSaidHowItIsWrittenAgain() throws IOException {
        RunDirectory run = condensed("run");
        byte[] whole = Files.readAllBytes(run.synthetic());
        Files.writeString(run.synthetic(), "damaged");
        EvaluateJob evaluate = new EvaluateJob(run, TinySettings.with());
        String message = assertThrows(DataException.class, () -> evaluate.run(Progress.silent(), () -> false))
                .getMessage();
        assertTrue(message.startsWith(run.synthetic() + ": not a readable condensed set: "), message);
        assertTrue(message.endsWith("; mdc condense --resume --out " + run.path() + " writes it again"), message);
        resume(run, () -> false);
        assertArrayEquals(whole, Files.readAllBytes(run.synthetic()));
        Files.writeString(run.synthetic(), "damaged");
        FileUtils.deleteDirectory(run.checkpoints().file().getParent().toFile());
        String without = assertThrows(DataException.class, () -> evaluate.run(Progress.silent(), () -> false))
                .getMessage();
        assertFalse(without.contains("mdc condense"), without);
    }

    @Test
    void accuraciesOfImagesThatItHadBeforeAreNotTheRuns() throws IOException {
        RunDirectory run = condensed("run", "evaluate", "true");
        RunRecords records = new RunRecords(run);
        assertEquals(
                records.evaluated().orElseThrow().results(),
                records.measured().orElseThrow().results());
        resume(run, () -> false, "outer", "3");
        assertFalse(records.evaluated().orElseThrow().results().isEmpty());
        assertEquals(Optional.empty(), records.measured());
        new EvaluateJob(run, TinySettings.with("outer", "3")).run(Progress.silent(), () -> false);
        assertEquals(2, records.evaluated().orElseThrow().protocols().size());
        String set = CondensedSet.read(run.synthetic()).sha256();
        assertEquals(
                List.of(set),
                records.measured().orElseThrow().protocols().stream()
                        .map(protocol -> protocol.set())
                        .toList());
    }

    @Test
    void aShardIsNotAWholeRunNorAnotherShard() throws IOException {
        Path out = folder.resolve("run");
        Share first = new Share(1, 2);
        RunConfig config = TinySettings.with("method", "idc");
        new ShardJob(config, out, first, false, 1).run(Progress.silent(), () -> false);
        RunDirectory shard = RunDirectory.open(ShardJob.directory(out, first));
        ConfigException refused =
                assertThrows(ConfigException.class, () -> resume(shard, () -> false, "method", "idc"));
        assertEquals(
                shard.path()
                        + ": is shard 1/2 of a run; continue it with mdc condense --resume --class-shard 1/2 --out "
                        + out,
                refused.getMessage());
        Path second = ShardJob.directory(out, new Share(2, 2));
        FileUtils.copyDirectory(shard.path().toFile(), second.toFile());
        DataException mixed = assertThrows(
                DataException.class, () -> new MergeJob(out).run(Layer.options(Map.of()), Progress.silent()));
        assertEquals(
                second + ": is shard 1/2, not shard 2/2; remove it, and condense it with mdc condense --class-shard 2/2"
                        + " --out " + out,
                mixed.getMessage());
        Files.writeString(shard.manifest(), "damaged");
        ConfigException part = assertThrows(
                ConfigException.class,
                () -> new EvaluateJob(shard, config).run(Progress.silent(), () -> false),
                "its place says what its manifest does not");
        assertEquals(
                shard.path() + ": is shard 1/2 of a run, which has only its classes condensed; put the shards together"
                        + " with mdc merge",
                part.getMessage());
    }

    @Test
    void shardsWhoseLogsLackDifferentLinesAreNotAddedUp() throws IOException {
        Path out = folder.resolve("run");
        RunConfig config = TinySettings.with("method", "idc");
        for (int k = 1; k <= 2; k++) {
            Share share = new Share(k, 2);
            new ShardJob(config, out, share, false, 1).run(Progress.silent(), () -> false);
            Path log = RunDirectory.open(ShardJob.directory(out, share)).metrics();
            List<String> lines = Files.readAllLines(log);
            lines.remove(k);
            Files.write(log, lines);
        }
        DataException refused = assertThrows(
                DataException.class, () -> new MergeJob(out).run(Layer.options(Map.of()), Progress.silent()));
        assertEquals(
                out + ": line 2 of the shards' metrics.jsonl is not of the same inner loop in all; one is damaged",
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"manifest.json", "evaluation.json", "metrics.jsonl"})
    void aDirectoryInThePlaceOfAFileIsNamed(String name) throws IOException {
        RunDirectory run = condensed("run");
        Path file = run.path().resolve(name);
        Files.deleteIfExists(file);
        Files.createDirectory(file);
        RunRecords records = new RunRecords(run);
        DataException refused = assertThrows(DataException.class, () -> {
            records.circumstances();
            records.evaluated();
            records.loops();
        });
        assertEquals(file + ": cannot be read: a directory is in its place", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"normalization", "started", "status"})
    void aManifestThatLacksSomethingIsDamaged(String field) throws IOException {
        RunDirectory run = condensed("run");
        String text = Files.readString(run.manifest());
        Files.writeString(run.manifest(), text.replace("\"" + field + "\"", "\"other\""));
        DataException refused = assertThrows(DataException.class, () -> Manifest.read(run.manifest()));
        assertEquals(run.manifest() + ": not a readable manifest", refused.getMessage());
    }

    @Test
    void anEstimateNeedsNoTrainedNetworks() throws IOException {
        RunConfig config = TinySettings.with("method", "dance", "cross-entropy", "0", "seed", "91", "pool-size", "1");
        assertTrue(new EstimateJob(config).run(Progress.silent()).condensing().preparation() > 0);
    }
}
