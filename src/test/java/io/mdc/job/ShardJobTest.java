package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.bench.Estimate;
import io.mdc.bench.Forecast;
import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.export.ExportSize;
import io.mdc.export.Format;
import io.mdc.export.ImageKind;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.RunDemands;
import io.mdc.run.SetFiles;
import io.mdc.run.Shards;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Share;
import io.mdc.testing.Folders;
import io.mdc.testing.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some classes of a run condensed apart. */
class ShardJobTest extends TwoShards {
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

    @Test
    void whatAShardWillTakeIsToldFirst() throws Exception {
        Told told = new Told();
        RunConfig config = config("class-wise", "true");
        new ShardJob(config, folder.resolve("run"), FIRST, false, 1).run(told, () -> false);
        assertTrue(told.lines().get(1).startsWith("condensing should take "), told.lines()::toString);
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
}
