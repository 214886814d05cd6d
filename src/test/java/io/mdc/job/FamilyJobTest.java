package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.base.DivergedException;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.RunConfig;
import io.mdc.directory.JsonLines;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunState;
import io.mdc.directory.RunSummary;
import io.mdc.family.Family;
import io.mdc.family.FamilyResult;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.TinySettings;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Families on a few images against the same runs alone. */
class FamilyJobTest extends TinyFamilies {
    @Test
    void everyRunHasTheBytesItHasAlone() throws IOException {
        FamilyResult result = assertInstanceOf(
                FamilyResult.class, ((Ending.Finished<FamilyResult>) condense(false, () -> false)).result());
        assertEquals(4, result.finished().size());
        assertEquals(Map.of(), result.failed());
        assertAllAsAlone();
    }

    @Test
    void aRunHasTheSecondsOfItsOwnLoopsAndAnEqualShareOfTheRest() throws IOException {
        condense(false, () -> false);
        double[] shares = Stream.of("one", "mdc", "idc")
                .mapToDouble(name -> {
                    RunDirectory run = RunDirectory.open(out().resolve(name));
                    double loops = JsonLines.read(run.metrics(), LoopMetrics.class).stream()
                            .mapToDouble(LoopMetrics::seconds)
                            .sum();
                    return Manifest.read(run.manifest()).condenseSeconds() - loops;
                })
                .toArray();
        assertTrue(shares[0] > 0, Arrays.toString(shares));
        assertEquals(shares[0], shares[1], 1e-6);
        assertEquals(shares[0], shares[2], 1e-6);
    }

    @Test
    void aFamilyIsResumedAndSoIsAMemberAlone() throws IOException {
        assertInstanceOf(Ending.Interrupted.class, condense(false, stopAt(2)));
        RunDirectory alone = RunDirectory.open(out().resolve("mdc"));
        new CondenseJob(TinySettings.family().get("mdc"), Optional.of(alone.path()), true)
                .run(Progress.silent(), () -> false);
        // Its directory was not made yet when the process was killed.
        Folders.delete(out().resolve("other-seed"));
        assertInstanceOf(Ending.Finished.class, condense(true, () -> false));
        assertAllAsAlone();
    }

    @Test
    void whatIsFinishedIsLeftAlone() throws IOException {
        assertInstanceOf(Ending.Interrupted.class, condense(false, stopAt(2)));
        RunDirectory alone = RunDirectory.open(out().resolve("mdc"));
        new CondenseJob(TinySettings.family().get("mdc"), Optional.of(alone.path()), true)
                .run(Progress.silent(), () -> false);
        byte[] manifest = Files.readAllBytes(alone.manifest());
        assertInstanceOf(Ending.Interrupted.class, condense(true, stopAt(1)));
        assertArrayEquals(manifest, Files.readAllBytes(alone.manifest()));
        FamilyResult result = ((Ending.Finished<FamilyResult>) condense(true, () -> false)).result();
        assertEquals(
                List.copyOf(TinySettings.family().keySet()),
                result.finished().stream()
                        .map(run -> run.path().getFileName().toString())
                        .toList());
        assertArrayEquals(manifest, Files.readAllBytes(alone.manifest()));
    }

    @Test
    void aRunThatFailsInAGroupOfItsOwnLeavesTheOthersGoing() throws IOException {
        Map<String, RunConfig> some = new LinkedHashMap<>();
        some.put("bad", TinySettings.with("net-lr", "100", "net-decay", "1", "inner", "40"));
        some.put("good", TinySettings.with());
        new FamilyJob(new Family(some), out(), false).run(Progress.silent(), () -> false);
        FamilyResult again = ((Ending.Finished<FamilyResult>) condense(true, () -> false)).result();
        assertEquals(
                List.of("good"),
                again.finished().stream()
                        .map(run -> run.path().getFileName().toString())
                        .toList());
        assertEquals(1, again.failed().size());
        String reason = again.failed().values().iterator().next();
        assertTrue(reason.contains("--net-lr 100.0 may be too large"), reason);
        assertFalse(RunDirectory.open(out().resolve("bad")).isFinished());
        RunSummary seen = RunSummary.of(out().resolve("bad"));
        assertEquals(RunState.STOPPED, seen.state());
        assertEquals(2, seen.remarks().size(), "each once, however often it went on: " + seen.remarks());
        assertTrue(seen.remarks().get(0).startsWith("diverging in outer loop 1"), seen.toString());
        assertTrue(seen.remarks().get(1).startsWith("the matching loss is Infinity in outer loop 1"), seen.toString());
    }

    @Test
    void aRunThatFailsAloneSaysWhy() {
        RunConfig bad = TinySettings.with("net-lr", "100", "net-decay", "1", "inner", "40");
        CondenseJob job = new CondenseJob(bad, Optional.of(out()), false);
        assertTrue(assertThrows(DivergedException.class, () -> job.run(Progress.silent(), () -> false))
                .getMessage()
                .contains("--net-lr 100.0 may be too large"));
    }

    @Test
    void anImpossibleMemberIsRefusedBeforeAnythingIsMade() {
        Map<String, RunConfig> tooLarge = new LinkedHashMap<>(TinySettings.family());
        tooLarge.put("large", TinySettings.with("ipc", "1000", "init", "random"));
        FamilyJob job = new FamilyJob(new Family(tooLarge), out(), false);
        assertThrows(DataException.class, () -> job.run(Progress.silent(), () -> false));
        assertFalse(Files.exists(out()));
    }

    @Test
    void roomForAllRunsIsThereBeforeAnyIsBegun() {
        Path huge = out();
        String message = assertThrows(DiskFull.class, () -> DiskFull.requireRoom(huge, Long.MAX_VALUE))
                .getMessage();
        assertTrue(message.startsWith(huge + ": the disk has not enough room: about "), message);
    }
}
