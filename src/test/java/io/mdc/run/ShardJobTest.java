package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.RunConfig;
import io.mdc.directory.JsonLines;
import io.mdc.directory.RunDirectory;
import io.mdc.export.ExportSize;
import io.mdc.export.Format;
import io.mdc.export.ImageKind;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two shards of a run of two classes, each on a thread as if it were a process. */
class ShardJobTest {
    private static final Share FIRST = new Share(1, 2);
    private static final Share SECOND = new Share(2, 2);
    private static final String[] LONG = {"ipc", "3", "init", "noise", "outer", "4", "inner", "3", "period", "2"};

    @TempDir
    private Path folder;

    private static RunConfig config(String... changes) {
        return TinySettings.with(
                Stream.concat(Stream.of(LONG), Stream.of(changes)).toArray(String[]::new));
    }

    private RunDirectory alone(RunConfig config) throws IOException {
        new CondenseJob(config, Optional.of(folder.resolve("alone")), false).run(Progress.silent(), () -> false);
        return RunDirectory.open(folder.resolve("alone"));
    }

    private Ending<RunDirectory> shard(RunConfig config, Share share, boolean resume, Stop stop) throws IOException {
        return new ShardJob(config, folder.resolve("run"), share, resume, 2).run(Progress.silent(), stop);
    }

    private void both(Callable<Ending<RunDirectory>> one, Callable<Ending<RunDirectory>> two) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Ending<RunDirectory>> shard : threads.invokeAll(List.of(one, two))) {
                assertInstanceOf(Ending.Finished.class, shard.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private RunDirectory merged() throws IOException {
        return new MergeJob(folder.resolve("run")).run(Layer.options(Map.of()), Progress.silent());
    }

    private static void assertSame(RunDirectory expected, RunDirectory actual) throws IOException {
        for (Path file : List.of(expected.synthetic(), expected.picture(), expected.selections())) {
            Path other = actual.path().resolve(file.getFileName());
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), other.toString());
        }
        assertTrue(actual.isFinished());
    }

    @ParameterizedTest
    @CsvSource({
        "mdc, class-wise, false",
        "mdc, class-wise, true",
        "mdc, metric, gradient",
        "idc, subset, all",
        "dream, subset, adaptive",
        "dm, subset, adaptive"
    })
    void mergedShardsHaveTheBytesOfOneProcess(String method, String key, String value) throws Exception {
        RunConfig config = config("method", method, key, value);
        both(() -> shard(config, FIRST, false, () -> false), () -> shard(config, SECOND, false, () -> false));
        RunDirectory alone = alone(config);
        RunDirectory merged = merged();
        assertSame(alone, merged);
        List<LoopMetrics> expected = JsonLines.read(alone.metrics(), LoopMetrics.class);
        List<LoopMetrics> actual = JsonLines.read(merged.metrics(), LoopMetrics.class);
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(
                    expected.get(i).loss(),
                    actual.get(i).loss(),
                    1e-9 * Math.abs(expected.get(i).loss()));
            assertEquals(expected.get(i).trainLoss(), actual.get(i).trainLoss());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8})
    void aShardThatIsInterruptedGoesOnToTheSameBytes(int loops) throws Exception {
        RunConfig config = config();
        both(
                () -> {
                    AtomicInteger asked = new AtomicInteger();
                    Ending<RunDirectory> ending = shard(config, FIRST, false, () -> asked.incrementAndGet() >= loops);
                    assertInstanceOf(Ending.Interrupted.class, ending);
                    // As if the process had been killed while it wrote a line.
                    try (Stream<Path> files = Files.list(new Shards(folder.resolve("run"), 2).exchange())) {
                        Path own = files.filter(file -> file.toString().endsWith("1-of-2.jsonl"))
                                .findFirst()
                                .orElseThrow();
                        Files.writeString(own, "{\"inner\":2,\"lab", StandardOpenOption.APPEND);
                    }
                    return shard(config, FIRST, true, () -> false);
                },
                () -> shard(config, SECOND, false, () -> false));
        assertSame(alone(config), merged());
    }

    @Test
    void finishedShardsGoOnToTheBytesOfALongerRun() throws Exception {
        RunConfig shorter = config("outer", "2");
        both(() -> shard(shorter, FIRST, false, () -> false), () -> shard(shorter, SECOND, false, () -> false));
        RunConfig config = config();
        both(() -> shard(config, FIRST, true, () -> false), () -> shard(config, SECOND, true, () -> false));
        assertSame(alone(config), merged());
    }

    @Test
    void shardsOfDifferentLengthsAreNotMerged() throws Exception {
        RunConfig shorter = config("outer", "2", "method", "idc");
        both(() -> shard(shorter, FIRST, false, () -> false), () -> shard(shorter, SECOND, false, () -> false));
        shard(config("method", "idc"), FIRST, true, () -> false);
        Path run = folder.resolve("run");
        assertEquals(
                run.resolve("shards/2-of-2")
                        + ": has 2 outer loops, another shard 4; continue it with mdc condense --resume --outer 4"
                        + " --class-shard 2/2 --out " + run,
                assertThrows(DataException.class, this::merged).getMessage());
        ConfigException refused =
                assertThrows(ConfigException.class, () -> shard(config("seed", "9"), SECOND, true, () -> false));
        assertTrue(refused.getMessage().endsWith(": it is of another run; name another directory"));
    }

    @Test
    void aShardWaitsOnlySoLongAndGoesOnLater() throws Exception {
        RunConfig config = config();
        Ending<RunDirectory> ending =
                new ShardJob(config, folder.resolve("run"), FIRST, false, 0).run(Progress.silent(), () -> false);
        String advice = ((Ending.Interrupted<RunDirectory>) ending).advice();
        assertTrue(advice.contains("shards [2/2] have not measured outer loop 1 after 0 minutes"), advice);
        assertTrue(advice.contains("--resume --class-shard 1/2"), advice);
        both(() -> shard(config, FIRST, true, () -> false), () -> shard(config, SECOND, false, () -> false));
        assertSame(alone(config), merged());
    }

    @Test
    void aShardIsNotARunOfAllClasses() throws Exception {
        RunConfig config = config("class-wise", "true");
        shard(config, FIRST, false, () -> false);
        RunDirectory shard = RunDirectory.open(ShardJob.directory(folder.resolve("run"), FIRST));
        ConfigException notWhole =
                assertThrows(ConfigException.class, () -> SetFiles.read(shard, TinySettings.dataset()));
        assertTrue(notWhole.getMessage().contains("shard 1/2"), notWhole.getMessage());
        ExportJob export = new ExportJob(
                shard,
                config,
                new ExportSize(OptionalInt.empty()),
                ImageKind.STORED,
                Format.NPZ,
                folder.resolve("set.npz"),
                Optional.empty());
        assertTrue(assertThrows(ConfigException.class, () -> export.run(note -> {}))
                .getMessage()
                .contains("shard 1/2"));
        DataException missing = assertThrows(DataException.class, this::merged);
        assertTrue(missing.getMessage().contains("2-of-2: is not there"), missing.getMessage());
        shard(config, SECOND, false, () -> true);
        DataException unfinished = assertThrows(DataException.class, this::merged);
        assertTrue(unfinished.getMessage().contains("--resume --class-shard 2/2"), unfinished.getMessage());
        assertFalse(Files.exists(folder.resolve("run").resolve("config.yaml")));
        shard(config, SECOND, true, () -> false);
        RunDirectory merged = merged();
        assertThrows(ConfigException.class, this::merged);
        assertThrows(ConfigException.class, () -> RunDemands.condensed(merged));
    }

    @Test
    void shardsOfOtherDivisionsOrSettingsAreRefused() throws Exception {
        shard(config("class-wise", "true"), FIRST, false, () -> false);
        ConfigException settings =
                assertThrows(ConfigException.class, () -> shard(config("seed", "5"), SECOND, false, () -> false));
        assertTrue(settings.getMessage().contains("is of another run"), settings.getMessage());
        ConfigException division = assertThrows(
                ConfigException.class, () -> shard(config("class-wise", "true"), Share.ALL, false, () -> false));
        assertTrue(division.getMessage().contains("division by 2, not by 1"), division.getMessage());
        assertFalse(Files.exists(ShardJob.directory(folder.resolve("run"), SECOND)));
    }

    @ParameterizedTest
    @CsvSource({
        "1/2, method, dc, trains its networks on the images",
        "1/2, method, mtt, trains its networks on the images",
        "1/2, metric, accuracy, choose another metric",
        "1/2, evaluate-every, 1, leave it out",
        "1/9, seed, 1, classes to share"
    })
    void whatNeedsAllClassesIsRefusedBeforeAnythingIsWritten(String share, String key, String value, String message) {
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> shard(config(key, value), Share.parse("class-shard", share), false, () -> false));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertFalse(Files.exists(folder.resolve("run")));
    }

    @Test
    void weightsByWhatNeedsAllClassesAreRefusedToo() {
        RunConfig config = config("subset", "all", "subset-weights", "rate", "metric", "accuracy");
        ConfigException refused = assertThrows(ConfigException.class, () -> shard(config, FIRST, false, () -> false));
        assertTrue(refused.getMessage().contains("choose another metric"), refused.getMessage());
    }
}
