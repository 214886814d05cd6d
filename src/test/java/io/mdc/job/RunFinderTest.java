package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.base.LockHolder;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunState;
import io.mdc.directory.RunSummary;
import io.mdc.family.Family;
import io.mdc.report.Progress;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFinderTest {
    @TempDir
    private Path folder;

    private Path condense(String name, int stopAt, String... changes) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Path out = folder.resolve(name);
        new CondenseJob(TinySettings.with(changes), Optional.of(out), false)
                .run(Progress.silent(), () -> asked.incrementAndGet() >= stopAt);
        return out;
    }

    private RunSummary only() throws IOException {
        List<RunSummary> found = RunFinder.below(folder);
        assertEquals(1, found.size());
        return found.get(0);
    }

    private void holder(Path run, long process, Instant since) throws IOException {
        LockHolder here = LockHolder.here();
        Files.writeString(
                run.resolve("lock"), Json.text(new LockHolder(process, here.host(), here.boot(), since.toString())));
    }

    @Test
    void aFinishedRunTellsAccuracyAndTime() throws IOException {
        condense("run", Integer.MAX_VALUE, "evaluate", "true");
        RunSummary run = only();
        assertEquals(RunState.FINISHED, run.state());
        assertTrue(run.average().orElseThrow().accuracy() >= 0, run.toString());
        assertTrue(run.time().orElseThrow().toNanos() > 0, run.toString());
        assertEquals(OptionalInt.empty(), run.outer());
        assertEquals(List.of(), run.remarks());
    }

    @Test
    void aStoppedRunTellsTheLoopItGoesOnIn() throws IOException {
        condense("run", 3);
        RunSummary run = only();
        assertEquals(RunState.STOPPED, run.state());
        assertEquals(OptionalInt.of(2), run.outer());
        assertTrue(run.average().isEmpty());
    }

    @Test
    void aRunThatAProcessHoldsIsNotTouched() throws IOException {
        Path run = condense("run", 3);
        holder(run, ProcessHandle.current().pid(), Instant.now());
        List<Path> before = Folders.files(folder);
        assertEquals(RunState.RUNNING, only().state());
        assertEquals(before, Folders.files(folder));
        assertTrue(Files.exists(run.resolve("lock")));
    }

    @Test
    void theNumberOfAProcessThatIsGoneMayBeAnothersNow() throws IOException {
        Path run = condense("run", 3);
        holder(run, ProcessHandle.current().pid(), Instant.now().minusSeconds(86_400));
        assertEquals(RunState.STOPPED, only().state());
        for (String damaged : List.of("", "{", "{}", "null")) {
            Files.writeString(run.resolve("lock"), damaged);
            assertEquals(RunState.STOPPED, only().state());
        }
    }

    @Test
    void aFinishedRunThatAProcessHoldsIsEvaluated() throws IOException {
        Path run = condense("run", Integer.MAX_VALUE);
        holder(run, ProcessHandle.current().pid(), Instant.now());
        assertEquals(RunState.EVALUATING, only().state());
    }

    @Test
    void everyKindOfDamageIsARowWithItsReason() throws IOException {
        Path whole = condense("whole", Integer.MAX_VALUE);
        Path cut = condense("cut", Integer.MAX_VALUE);
        Files.writeString(cut.resolve("config.yaml"), "seed: 1\n");
        Path without = condense("without", Integer.MAX_VALUE);
        Files.delete(without.resolve("config.yaml"));
        Path lost = condense("lost", Integer.MAX_VALUE);
        Files.delete(lost.resolve("synthetic.npz"));
        Path manifest = condense("manifest", Integer.MAX_VALUE);
        Files.writeString(manifest.resolve("manifest.json"), "{");
        Path state = condense("state", 3);
        Files.writeString(state.resolve("checkpoint/state.npz"), "nothing");
        Files.deleteIfExists(state.resolve("checkpoint/state.previous.npz"));

        Map<String, String> reasons = new LinkedHashMap<>();
        for (RunSummary run : RunFinder.below(folder)) {
            assertEquals(!run.path().equals(whole), run.state() == RunState.DAMAGED, run.toString());
            reasons.put(run.path().getFileName().toString(), String.join("; ", run.remarks()));
        }
        assertEquals(
                Map.of(
                        "whole", "",
                        "cut",
                                "config.yaml: cut off, its last line is not '# the end of the settings, ' and a"
                                        + " checksum; put the missing settings back, and this line after them",
                        "without", without + ": not a run directory, it has no config.yaml",
                        "lost", "synthetic.npz: missing from a finished run",
                        "manifest", "manifest.json: not a readable manifest",
                        "state", "checkpoint/state.npz: the checkpoint is damaged (damaged, or not a zip archive)"),
                reasons);
    }

    @Test
    void membersOfAFamilyWaitForTheirTurn() throws IOException {
        Family family = new Family(Map.of("seed-2", TinySettings.with(), "seed-10", TinySettings.with("seed", "10")));
        family.create(folder.resolve("family"));
        Files.delete(folder.resolve("family/seed-2/config.yaml"));
        Files.delete(folder.resolve("family/seed-2"));
        List<RunSummary> found = RunFinder.below(folder);
        assertEquals(
                List.of(RunState.WAITING, RunState.STOPPED),
                found.stream().map(RunSummary::state).toList());
        assertEquals(folder.resolve("family/seed-2"), found.get(0).path());
    }

    @Test
    void filesOfOtherProgramsAreNoRuns() throws IOException {
        Files.createDirectories(folder.resolve("site/.hidden"));
        Files.writeString(folder.resolve("site/config.yaml"), "title: mine\n");
        assertFalse(Files.exists(folder.resolve("site/manifest.json")));
        assertEquals(List.of(), RunFinder.below(folder));
        assertThrows(DataException.class, () -> RunFinder.below(folder.resolve("none")));
    }

    @Test
    void theUsualNameSaysWhatIsRun() {
        Path usual = RunFinder.unused(TinySettings.with("method", "idc", "ipc", "2", "seed", "987654"));
        assertEquals(Path.of("runs/npz-idc-ipc2-seed987654"), usual);
    }

    @Test
    void theRunsOfADirectoryAreFoundByNameWithNumbersByValue() throws IOException {
        for (String name : List.of("n=10", "n=9", "n=1,s=2", "other/below")) {
            NewRun.create(folder.resolve("family").resolve(name), TinySettings.with());
        }
        Files.createDirectory(folder.resolve("family/empty"));
        Files.createFile(folder.resolve("family/file"));
        assertEquals(List.of("n=1,s=2", "n=9", "n=10"), names(folder.resolve("family")));
        assertEquals(List.of("n=9"), names(folder.resolve("family/n=9")));
        Path none = folder.resolve("family/empty");
        assertEquals(
                none + ": not a run directory, it has no config.yaml",
                assertThrows(ConfigException.class, () -> RunFinder.openAll(none))
                        .getMessage());
    }

    private static List<String> names(Path path) throws IOException {
        return RunFinder.openAll(path).stream()
                .map(run -> run.path().getFileName().toString())
                .toList();
    }

    @Test
    void aManifestWithWhatNoneHasEndsNoList() throws IOException {
        Path run = condense("run", 3);
        Path manifest = run.resolve("manifest.json");
        String text = Files.readString(manifest).stripTrailing();
        Files.writeString(
                manifest,
                text.substring(0, text.length() - 1)
                        + ", \"imported\": {\"file\": \"/\", \"sha256\": \"a\", \"reading\": \"b\"}}");
        assertEquals(List.of("manifest.json: not a readable manifest"), only().remarks());
        Files.writeString(
                manifest,
                text.replace("\"interrupted\"", "\"running\"").replaceFirst("\\}$", ", \"loops_before\": -5}"));
        assertEquals(List.of("manifest.json: not a readable manifest"), only().remarks());
    }

    @Test
    void aFamilyHasNoRunsOutsideItsDirectory() throws IOException {
        Family family = new Family(Map.of("seed-2", TinySettings.with()));
        Path directory = folder.resolve("family");
        family.create(directory);
        String text = Files.readString(directory.resolve("family.json"));
        for (String name : List.of("../../x", "..", ".", "", "a/b", "/x", "a/")) {
            Files.writeString(directory.resolve("family.json"), text.replace("seed-2", name));
            String message = assertThrows(DataException.class, () -> Family.at(directory))
                    .getMessage();
            assertTrue(message.contains("'" + name + "' names no directory in it"), message);
        }
    }
}
