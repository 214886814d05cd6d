package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    private static final RunConfig CONFIG = TinySettings.with();

    @TempDir
    private Path folder;

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aNewDirectoryHoldsTheSettings() throws IOException {
        Path path = folder.resolve("deep/run");
        RunDirectory directory = NewRun.create(path, CONFIG);
        assertEquals(path, directory.path());
        assertEquals(List.of("config.yaml"), files(path));
        assertEquals(CONFIG.absolute(), ConfigReader.read(directory.settings(Assertions::fail)));
        assertEquals(
                CONFIG.absolute(), ConfigReader.read(RunDirectory.open(path).settings(Assertions::fail)));
        assertTrue(CONFIG.absolute().data().dataDir().orElseThrow().isAbsolute());
    }

    @Test
    void settingsThatWereChangedAreToldAndThoseCutOffRefused() throws IOException {
        RunDirectory directory = NewRun.create(folder.resolve("run"), CONFIG);
        Path file = folder.resolve("run/config.yaml");
        String text = Files.readString(file);
        List<String> notes = new ArrayList<>();

        Files.writeString(file, text.replace("repeats: ", "repeats: 1"));
        directory.settings(notes::add);
        assertEquals(
                List.of(file
                        + ": was changed since it was written, by hand or by damage; going on with what it says now"),
                notes);

        Files.writeString(file, text.substring(0, text.indexOf("repeats: ")));
        String message = assertThrows(DataException.class, () -> directory.settings(notes::add))
                .getMessage();
        assertTrue(message.startsWith(file + ": cut off, its last line is not '# the end of the settings, '"), message);
    }

    @Test
    void anEmptyDirectoryMayBeThereAlready() throws IOException {
        NewRun.create(folder, CONFIG);
        assertTrue(Files.exists(folder.resolve("config.yaml")));
    }

    @Test
    void whatIsThereIsNeverWrittenOver() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        String message = assertThrows(ConfigException.class, () -> NewRun.create(folder, CONFIG))
                .getMessage();
        assertEquals(
                "--out " + folder + ": exists already; name another directory, or continue it with --resume", message);
        assertEquals(List.of("mine.txt"), files(folder));
    }

    @Test
    void ofSeveralWhoCreateARunAtTheSameMomentOneDoes() throws Exception {
        int takers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(takers);
        for (int round = 0; round < 50; round++) {
            Path path = folder.resolve("run-" + round);
            CyclicBarrier start = new CyclicBarrier(takers);
            List<Future<RunConfig>> all = new ArrayList<>();
            for (int taker = 0; taker < takers; taker++) {
                RunConfig config = TinySettings.with("seed", String.valueOf(taker));
                all.add(threads.submit(() -> {
                    start.await();
                    NewRun.create(path, config);
                    return config;
                }));
            }
            List<RunConfig> created = new ArrayList<>();
            for (Future<RunConfig> one : all) {
                try {
                    created.add(one.get());
                } catch (ExecutionException e) {
                    String refusal = e.getCause().getMessage();
                    assertTrue(
                            refusal.contains(": exists already; ") || refusal.contains("/lock: in use by "), refusal);
                }
            }
            assertEquals(1, created.size());
            assertEquals(List.of("config.yaml"), files(path));
            assertEquals(
                    created.get(0).absolute(),
                    ConfigReader.read(RunDirectory.open(path).settings(Assertions::fail)));
        }
        threads.shutdown();
    }

    @Test
    void whatAProcessThatWasKilledWhileItCreatedARunLeftIsInNobodysWay() throws IOException {
        Files.createFile(folder.resolve("lock"));
        Files.createFile(folder.resolve(".config.yaml." + UUID.randomUUID() + ".part"));
        NewRun.create(folder, CONFIG);
        assertEquals(List.of("config.yaml"), files(folder));
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.createFile(other.resolve("lock"));
        NewRun.requireFree(other);
        assertEquals(List.of(), files(other));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedWithTheReason() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        String message = assertThrows(ConfigException.class, () -> NewRun.create(file, CONFIG))
                .getMessage();
        assertEquals("--out " + file + ": cannot be written: a file is in its place", message);
        assertThrows(ConfigException.class, () -> NewRun.create(file.resolve("run"), CONFIG));
    }

    @Test
    void aPlaceThatCannotBeThereIsNamedWithoutTheNameOfAClass() {
        for (IOException failure : List.of(
                new NoSuchFileException("/proc/x"),
                new FileSystemException("/proc/x", null, "Read-only file system"))) {
            String message = assertThrows(
                            ConfigException.class,
                            () -> NewRun.begin(folder.resolve("run"), directory -> {
                                throw failure;
                            }))
                    .getMessage();
            assertTrue(
                    message.matches(".*/run: cannot be written: /proc/x: (no such file or directory|Read-only file"
                            + " system)"),
                    message);
        }
    }

    @Test
    void aFileOfClassesIsTheSameByARelativePath() throws IOException {
        Path file = Files.writeString(folder.resolve("classes.txt"), "a\n");
        Path relative = Path.of("").toAbsolutePath().relativize(file);
        RunConfig config = TinySettings.with("classes", relative.toString());
        Path run = folder.resolve("run");
        NewRun.openOrCreate(run, config, Assertions::fail);
        NewRun.openOrCreate(run, config, Assertions::fail);
        Layer begun = RunDirectory.open(run).settings(Assertions::fail);
        RunConfig.goingOn(begun, List.of(Layer.options(Map.of("classes", relative.toString()))), run);
        RunConfig other = TinySettings.with("classes", "b");
        assertEquals(
                run.resolve("config.yaml") + ": classes is " + file
                        + ", not b: it is of another run; name another directory",
                assertThrows(ConfigException.class, () -> NewRun.openOrCreate(run, other, Assertions::fail))
                        .getMessage());
    }

    @Test
    void onlyARunIsOpened() throws IOException {
        String message = assertThrows(ConfigException.class, () -> RunDirectory.open(folder))
                .getMessage();
        assertEquals(folder + ": not a run directory, it has no config.yaml", message);
        Files.createDirectory(folder.resolve("config.yaml"));
        assertThrows(ConfigException.class, () -> RunDirectory.open(folder));
    }

    @Test
    void jsonReplacesAFileInOneStep() throws IOException {
        RunDirectory directory = NewRun.create(folder, CONFIG);
        directory.writeJson(directory.evaluation(), Map.of("a", List.of(1)));
        directory.writeJson(directory.evaluation(), Map.of("b", 2));
        assertEquals("{\n  \"b\" : 2\n}\n", Files.readString(directory.evaluation()));
        assertEquals(List.of("config.yaml", "evaluation.json"), files(folder));
        assertFalse(Files.exists(directory.manifest()));
    }

    @Test
    void aFullDiskIsToldOfTheDirectoryThatWasNamed() {
        Path path = folder.resolve("run");
        String message = assertThrows(
                        ConfigException.class,
                        () -> NewRun.createFinished(path, CONFIG, directory -> {
                            throw new IOException("No space left on device");
                        }))
                .getMessage();
        assertTrue(
                message.matches("--out \\Q" + path + "\\E: cannot be written: \\Q" + path
                        + "\\E: the disk is full: [0-9.]+ MB are free; make room and go on"),
                message);
    }
}
