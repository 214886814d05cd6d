package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.bench.Estimate;
import io.mdc.bench.Forecast;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.Checkpoints;
import io.mdc.directory.Fingerprint;
import io.mdc.directory.JsonLines;
import io.mdc.directory.RunDirectory;
import io.mdc.export.ExportSize;
import io.mdc.export.Format;
import io.mdc.export.ImageKind;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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

    @Test
    void aFinishedShardWhoseCheckpointsAreGoneIsNotCondensedAgain() throws IOException {
        RunConfig config = config("method", "idc");
        shard(config, FIRST, false, () -> false);
        RunDirectory shard = RunDirectory.open(shardOf(FIRST));
        Folders.delete(shard.checkpoints().file().getParent());
        String manifest = Files.readString(shard.manifest());
        assertInstanceOf(Ending.Finished.class, shard(config, FIRST, true, () -> false));
        String message = assertThrows(
                        DataException.class,
                        () -> shard(config("method", "idc", "outer", "5"), FIRST, true, () -> false))
                .getMessage();
        assertTrue(message.startsWith(shard.path() + ": --outer 5: the run is finished after 4 "), message);
        assertEquals(manifest, Files.readString(shard.manifest()));
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
        assertThrows(ConfigException.class, () -> RunDemands.condensed(merged));
        assertThrows(ConfigException.class, () -> shard(config, FIRST, false, () -> false));
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

    private Path shardOf(Share share) {
        return ShardJob.directory(folder.resolve("run"), share);
    }

    private List<Path> exchanged(Share share) throws IOException {
        try (Stream<Path> files = Files.list(new Shards(folder.resolve("run"), 2).exchange())) {
            return files.filter(file -> file.toString().endsWith("." + share.number() + "-of-" + share.of() + ".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void measurementsOfAnotherRunAreNotTaken() throws Exception {
        RunConfig other = config("seed", "9");
        both(() -> shard(other, FIRST, false, () -> false), () -> shard(other, SECOND, false, () -> false));
        Folders.delete(shardOf(FIRST));
        Folders.delete(shardOf(SECOND));
        RunConfig config = config();
        Ending<RunDirectory> ending =
                new ShardJob(config, folder.resolve("run"), FIRST, false, 0).run(Progress.silent(), () -> false);
        String advice = ((Ending.Interrupted<RunDirectory>) ending).advice();
        assertTrue(advice.contains("shards [2/2] have not measured outer loop 1 "), advice);
        assertEquals(1, exchanged(FIRST).size(), "what the shard in its place had measured is removed");
        both(() -> shard(config, FIRST, true, () -> false), () -> shard(config, SECOND, false, () -> false));
        assertSame(alone(config), merged());
    }

    @Test
    void measurementsOfASetOfAnotherSizeAreNotTaken() throws Exception {
        RunConfig other = config("ipc", "5");
        both(() -> shard(other, FIRST, false, () -> false), () -> shard(other, SECOND, false, () -> false));
        for (Path file : exchanged(SECOND)) {
            Files.writeString(file, Files.readString(file).lines().skip(1).collect(Collectors.joining("\n", "", "\n")));
        }
        Folders.delete(shardOf(FIRST));
        Folders.delete(shardOf(SECOND));
        Ending<RunDirectory> ending =
                new ShardJob(config(), folder.resolve("run"), FIRST, false, 0).run(Progress.silent(), () -> false);
        assertInstanceOf(Ending.Interrupted.class, ending);
    }

    @Test
    void measurementsThatDoNotSayOfWhichRunTheyAreAreThoseOfAnOlderVersion() throws Exception {
        RunConfig config = config();
        both(() -> shard(config, FIRST, false, () -> false), () -> shard(config, SECOND, false, () -> false));
        for (Path file : exchanged(SECOND)) {
            Files.writeString(file, Files.readString(file).lines().skip(1).collect(Collectors.joining("\n", "", "\n")));
        }
        Folders.delete(shardOf(FIRST));
        assertInstanceOf(
                Ending.Finished.class,
                new ShardJob(config, folder.resolve("run"), FIRST, false, 0).run(Progress.silent(), () -> false));
        assertSame(alone(config), merged());
    }

    /** What is told in lines that stay. */
    private static final class Lines implements Progress {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void begin(String phase, long total, long done) {}

        @Override
        public void update(long done, String status) {}

        @Override
        public void shorten(long total) {}

        @Override
        public void milestone(String line) {
            lines.add(line);
        }

        @Override
        public void close() {}
    }

    @Test
    void theFirstMeasurementsOfAShardCountAndOthersAreToldOf() throws Exception {
        RunConfig config = config("class-wise", "false");
        both(() -> shard(config, FIRST, false, () -> false), () -> shard(config, SECOND, false, () -> false));
        // As a shard would that has gone on by a backend with other rounding.
        for (Path path : exchanged(FIRST)) {
            ExchangeFile file = new ExchangeFile(path, Fingerprint.of(config, TinySettings.dataset()));
            for (ExchangeFile.Line line : file.lines()) {
                double[] other = line.measurement().clone();
                other[0] += 1;
                file.add(new ExchangeFile.Line(line.inner(), line.label(), other));
            }
        }
        Folders.delete(shardOf(SECOND));
        Lines told = new Lines();
        new ShardJob(config, folder.resolve("run"), SECOND, false, 1).run(told, () -> false);
        assertEquals(
                exchanged(FIRST).size(),
                told.lines.stream()
                        .filter(line -> line.startsWith("shard 1/2 has measured outer loop "))
                        .count(),
                told.lines::toString);
        assertSame(alone(config), merged());
    }

    @Test
    void whatAShardWillTakeIsToldFirst() throws Exception {
        Lines told = new Lines();
        RunConfig config = config("class-wise", "true");
        new ShardJob(config, folder.resolve("run"), FIRST, false, 1).run(told, () -> false);
        assertTrue(told.lines.get(1).startsWith("condensing should take "), told.lines::toString);
        Forecast<Estimate> forecast = new EstimateJob(config("evaluate", "true"), SECOND).run(Progress.silent());
        assertEquals(12, forecast.condensing().loops());
        assertEquals(1, forecast.lines().size(), "evaluations are those of all shards");
        assertEquals(
                "--class-shard 1/5: there are only 4 classes to share; ask for at most as many shards",
                assertThrows(ConfigException.class, () -> new EstimateJob(config, new Share(1, 5))
                                .run(Progress.silent()))
                        .getMessage());
        assertThrows(ConfigException.class, () -> new EstimateJob(TinySettings.with("method", "dc"), FIRST)
                .run(Progress.silent()));
    }

    @Test
    void aLinkInThePlaceOfAMeasurementIsNotFollowed() throws Exception {
        Path exchange = Files.createDirectories(new Shards(folder.resolve("run"), 2).exchange());
        Path mine = Files.writeString(folder.resolve("mine"), "mine");
        Path link = Files.createSymbolicLink(exchange.resolve("outer-000001.1-of-2.jsonl"), mine);
        ExchangeFile file = new ExchangeFile(link, Fingerprint.of(config(), TinySettings.dataset()));
        String message = assertThrows(
                        DataException.class, () -> file.add(new ExchangeFile.Line(1, 0, new double[] {1, 2})))
                .getMessage();
        assertEquals(link + ": is a link, which no file of mdc is; remove it", message);
        assertEquals("mine", Files.readString(mine));
    }

    @Test
    void shardsOfOtherDataAreNotMerged() throws Exception {
        RunConfig config = config("class-wise", "true");
        shard(config, FIRST, false, () -> false);
        shard(config, SECOND, false, () -> false);
        Folders.copy(shardOf(SECOND), folder.resolve("second"));
        Checkpoints checkpoints = RunDirectory.open(shardOf(SECOND)).checkpoints();
        Checkpoint last = checkpoints.read(note -> {}).orElseThrow();
        Fingerprint begun = new Fingerprint(last.begun().settings(), "0".repeat(64));
        checkpoints.write(new Checkpoint(begun, last.state(), last.metrics(), last.selections(), last.course()));
        String message = assertThrows(DataException.class, this::merged).getMessage();
        assertTrue(
                message.startsWith(shardOf(SECOND) + ": was not condensed of the same data")
                        && message.contains(shardOf(FIRST).toString()),
                message);
        Folders.delete(shardOf(SECOND));
        Folders.copy(folder.resolve("second"), shardOf(SECOND));
        Path manifest = shardOf(SECOND).resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"" + TinySettings.dataset().classNames().get(1) + "\"", "\"other\""));
        assertThrows(DataException.class, this::merged);
        assertFalse(Files.exists(folder.resolve("run/synthetic.npz")));
    }

    @Test
    void shardsThatSelectedDifferentSubsetsAreNotMerged() throws Exception {
        RunConfig config = config();
        both(() -> shard(config, FIRST, false, () -> false), () -> shard(config, SECOND, false, () -> false));
        Path selections = shardOf(SECOND).resolve("mls.jsonl");
        Files.writeString(
                selections, Files.readString(selections).replaceFirst("\"selected\":\\d+", "\"selected\":2999"));
        String message = assertThrows(DataException.class, this::merged).getMessage();
        assertTrue(message.contains("the shards selected different subsets after outer loop "), message);
        assertFalse(Files.exists(folder.resolve("run/synthetic.npz")));
    }

    @Test
    void mergedShardsGoOnAndAreMergedAgain() throws Exception {
        RunConfig shorter = config("outer", "2");
        both(() -> shard(shorter, FIRST, false, () -> false), () -> shard(shorter, SECOND, false, () -> false));
        merged();
        RunConfig config = config();
        both(() -> shard(config, FIRST, true, () -> false), () -> shard(config, SECOND, true, () -> false));
        RunDirectory alone = alone(config);
        assertSame(alone, merged());
        assertSame(alone, merged());
        assertEquals(4, ConfigReader.read(merged().settings(note -> {})).loop().outer());
    }

    @Test
    void aRunThatWasNotMergedIsNotReplaced() throws Exception {
        RunConfig config = config("class-wise", "true");
        shard(config, FIRST, false, () -> false);
        shard(config, SECOND, false, () -> false);
        RunDirectory own = alone(config);
        Path run = folder.resolve("run");
        for (String file : List.of("config.yaml", "manifest.json", "synthetic.npz")) {
            Files.copy(own.path().resolve(file), run.resolve(file));
        }
        assertEquals(
                "--out " + run + ": has a run already; name another directory",
                assertThrows(ConfigException.class, this::merged).getMessage());
        assertThrows(
                ConfigException.class,
                () -> shard(config("class-wise", "true", "outer", "6"), FIRST, true, () -> false));
    }
}
