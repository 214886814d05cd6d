package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.config.RunConfig;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.family.FamilyResult;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.RunDemands;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs brought to their end from wherever they are, and joined. */
@SuppressWarnings("try") // locks are held, not used
class CondenseAllJobTest {
    @TempDir
    private Path folder;

    private Map<Path, RunConfig> runs() {
        Map<Path, RunConfig> runs = new LinkedHashMap<>();
        runs.put(folder.resolve("first"), TinySettings.with("ipc", "1", "method", "idc"));
        runs.put(folder.resolve("second"), TinySettings.with("ipc", "1", "method", "idc", "start-index", "1"));
        runs.put(folder.resolve("other-seed"), TinySettings.with("seed", "3"));
        return runs;
    }

    private List<String> condensed(Map<Path, RunConfig> runs) throws IOException {
        Ending<FamilyResult> ending = new CondenseAllJob(runs).run(Progress.silent(), () -> false);
        assertInstanceOf(Ending.Finished.class, ending);
        return ((Ending.Finished<FamilyResult>) ending)
                .result().finished().stream()
                        .map(run -> run.path().getFileName().toString())
                        .toList();
    }

    @Test
    void whatIsFinishedAndWhatOthersWorkOnIsLeftAlone() throws IOException {
        new CondenseAllJob(Map.of(folder.resolve("first"), runs().get(folder.resolve("first"))))
                .run(Progress.silent(), () -> false);
        RunDirectory second = NewRun.create(folder.resolve("second"), runs().get(folder.resolve("second")));
        try (DirectoryLock lock = second.lock()) {
            assertTrue(second.isInUse());
            assertEquals(List.of("other-seed"), condensed(runs()));
        }
        assertFalse(second.isInUse());
        assertEquals(List.of("second"), condensed(runs()));
        assertEquals(List.of(), condensed(runs()));
    }

    /** As another process does for the moment in which it writes the settings. */
    @Test
    void whatAnotherIsAboutToBeginIsLeftAsItIs() throws IOException {
        Path second = Files.createDirectory(folder.resolve("second"));
        try (DirectoryLock lock = DirectoryLock.take(second)) {
            assertEquals(List.of("first", "other-seed"), condensed(runs()));
            assertFalse(Files.exists(second.resolve("config.yaml")));
        }
        assertEquals(List.of("second"), condensed(runs()));
    }

    @Test
    void aDamagedSetOfAFinishedRunIsWrittenAgain() throws IOException {
        condensed(runs());
        Path set = folder.resolve("second/synthetic.npz");
        byte[] whole = Files.readAllBytes(set);
        Files.writeString(set, "damaged");
        assertEquals(List.of("second"), condensed(runs()));
        assertArrayEquals(whole, Files.readAllBytes(set));
    }

    @Test
    void stoppedItGoesOnToTheBytesOfARunAlone() throws IOException {
        int[] asked = {0};
        Ending<FamilyResult> stopped = new CondenseAllJob(runs()).run(Progress.silent(), () -> ++asked[0] == 2);
        assertInstanceOf(Ending.Interrupted.class, stopped);
        assertEquals(List.of("first", "second", "other-seed"), condensed(runs()));
        for (Map.Entry<Path, RunConfig> run : runs().entrySet()) {
            Path alone = folder.resolve("alone-" + run.getKey().getFileName());
            new CondenseJob(run.getValue(), Optional.of(alone), false).run(Progress.silent(), () -> false);
            assertEquals(
                    -1,
                    Files.mismatch(alone.resolve("synthetic.npz"), run.getKey().resolve("synthetic.npz")));
        }
    }

    @Test
    void aDirectoryOfOtherSettingsIsRefusedAndLeftAsItIs() throws IOException {
        Path first = folder.resolve("first");
        NewRun.create(first, TinySettings.with("ipc", "1", "method", "idc", "lr-img", "0.5"));
        String before = Files.readString(first.resolve("config.yaml"));
        String message =
                assertThrows(ConfigException.class, () -> condensed(runs())).getMessage();
        assertTrue(message.contains("config.yaml: lr-img is 0.5, not 0.005: it is of another run"), message);
        assertEquals(before, Files.readString(first.resolve("config.yaml")));
        assertFalse(Files.exists(first.resolve("manifest.json")));
    }

    @Test
    void nothingIsMadeWhenARunIsImpossible() {
        Map<Path, RunConfig> runs = runs();
        runs.put(folder.resolve("large"), TinySettings.with("ipc", "1000", "init", "random"));
        assertThrows(DataException.class, () -> condensed(runs));
        assertFalse(Files.exists(folder.resolve("first")));
    }

    @Test
    void joinedRunsHaveTheImagesOfTheirPartsAndCannotBeResumed() throws IOException {
        condensed(runs());
        List<RunDirectory> parts =
                List.of(RunDirectory.open(folder.resolve("first")), RunDirectory.open(folder.resolve("second")));
        RunConfig config = TinySettings.with("ipc", "2", "method", "idc");
        RunDirectory joined = new JoinJob(parts, config, folder.resolve("joined")).run(Progress.silent());
        CondensedSet set = CondensedSet.read(joined.synthetic());
        assertEquals(2, set.ipc());
        for (int label = 0; label < set.classes(); label++) {
            for (int part = 0; part < 2; part++) {
                CondensedSet of = CondensedSet.read(parts.get(part).synthetic());
                assertEquals(of.pixel(label, 0, 3, 2), set.pixel(2 * label + part, 0, 3, 2));
            }
        }
        String message = assertThrows(ConfigException.class, () -> RunDemands.condensed(joined))
                .getMessage();
        assertTrue(
                message.endsWith("has the images of 2 runs; it is finished, and there is nothing to resume"), message);
        RunDirectory larger = RunDirectory.open(folder.resolve("other-seed"));
        JoinJob unlike = new JoinJob(List.of(parts.get(0), larger), config, folder.resolve("three"));
        assertEquals(
                3, CondensedSet.read(unlike.run(Progress.silent()).synthetic()).ipc());
    }
}
