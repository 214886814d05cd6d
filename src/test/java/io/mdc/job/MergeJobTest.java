package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.Checkpoints;
import io.mdc.directory.Fingerprint;
import io.mdc.directory.JsonLines;
import io.mdc.directory.RunDirectory;
import io.mdc.run.RunDemands;
import io.mdc.run.SetFiles;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.testing.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shards put together. */
class MergeJobTest extends TwoShards {
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
    void aMergingThatEndsHalfwayLeavesNoFinishedRun() throws Exception {
        RunConfig shorter = config("outer", "2", "class-wise", "true");
        both(() -> shard(shorter, FIRST, false, () -> false), () -> shard(shorter, SECOND, false, () -> false));
        RunDirectory run = merged();
        RunConfig config = config("class-wise", "true");
        both(() -> shard(config, FIRST, true, () -> false), () -> shard(config, SECOND, true, () -> false));
        Files.delete(run.metrics());
        Files.createDirectories(run.metrics().resolve("in its place"));
        assertThrows(ConfigException.class, this::merged);
        assertFalse(run.isFinished());
        assertEquals(
                run.path() + ": the run is not finished; mdc merge " + run.path() + " finishes it",
                assertThrows(DataException.class, () -> RunDemands.finished(run))
                        .getMessage());
        Folders.delete(run.metrics());
        assertSame(alone(config), merged());
    }

    @Test
    void aDamagedSetIsMergedAgain() throws Exception {
        RunConfig config = config("class-wise", "true");
        both(() -> shard(config, FIRST, false, () -> false), () -> shard(config, SECOND, false, () -> false));
        RunDirectory run = merged();
        Files.writeString(run.synthetic(), "damaged");
        String message =
                assertThrows(DataException.class, () -> SetFiles.read(run)).getMessage();
        assertTrue(message.endsWith("; mdc merge " + run.path() + " writes it again"), message);
        SetFiles.read(merged());
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
