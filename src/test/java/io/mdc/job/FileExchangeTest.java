package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.directory.Fingerprint;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Shards;
import io.mdc.run.TinySettings;
import io.mdc.testing.Folders;
import io.mdc.testing.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What shards tell each other. */
class FileExchangeTest extends TwoShards {
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
        Told told = new Told();
        new ShardJob(config, folder.resolve("run"), SECOND, false, 1).run(told, () -> false);
        assertEquals(
                exchanged(FIRST).size(),
                told.lines().stream()
                        .filter(line -> line.startsWith("shard 1/2 has measured outer loop "))
                        .count(),
                told.lines()::toString);
        assertSame(alone(config), merged());
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
}
