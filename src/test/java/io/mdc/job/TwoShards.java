package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Shards;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What tests of shards have in common: two, each on a thread as if it were a process, of a run of two classes. */
abstract class TwoShards {
    static final Share FIRST = new Share(1, 2);
    static final Share SECOND = new Share(2, 2);
    private static final String[] LONG = {"ipc", "3", "init", "noise", "outer", "4", "inner", "3", "period", "2"};

    @TempDir
    Path folder;

    static RunConfig config(String... changes) {
        return TinySettings.with(
                Stream.concat(Stream.of(LONG), Stream.of(changes)).toArray(String[]::new));
    }

    RunDirectory alone(RunConfig config) throws IOException {
        new CondenseJob(config, Optional.of(folder.resolve("alone")), false).run(Progress.silent(), () -> false);
        return RunDirectory.open(folder.resolve("alone"));
    }

    Ending<RunDirectory> shard(RunConfig config, Share share, boolean resume, Stop stop) throws IOException {
        return new ShardJob(config, folder.resolve("run"), share, resume, 2).run(Progress.silent(), stop);
    }

    void both(Callable<Ending<RunDirectory>> one, Callable<Ending<RunDirectory>> two) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Ending<RunDirectory>> shard : threads.invokeAll(List.of(one, two))) {
                assertInstanceOf(Ending.Finished.class, shard.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    RunDirectory merged() throws IOException {
        return new MergeJob(folder.resolve("run")).run(Layer.options(Map.of()), Progress.silent());
    }

    static void assertSame(RunDirectory expected, RunDirectory actual) throws IOException {
        for (Path file : List.of(expected.synthetic(), expected.picture(), expected.selections())) {
            Path other = actual.path().resolve(file.getFileName());
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), other.toString());
        }
        assertTrue(actual.isFinished());
    }

    Path shardOf(Share share) {
        return ShardJob.directory(folder.resolve("run"), share);
    }

    List<Path> exchanged(Share share) throws IOException {
        try (Stream<Path> files = Files.list(new Shards(folder.resolve("run"), 2).exchange())) {
            return files.filter(file -> file.toString().endsWith("." + share.number() + "-of-" + share.of() + ".jsonl"))
                    .sorted()
                    .toList();
        }
    }
}
