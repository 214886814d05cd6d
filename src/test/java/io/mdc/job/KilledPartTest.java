package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.RunConfig;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunSummary;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the time of a run whose process was killed. */
class KilledPartTest {
    @TempDir
    private Path folder;

    private static Stop stopAt(int asked) {
        AtomicInteger times = new AtomicInteger();
        return () -> times.incrementAndGet() >= asked;
    }

    private static Ending<CondenseJob.Result> condense(RunConfig config, Path out, boolean resume, Stop stop)
            throws IOException {
        return new CondenseJob(config, Optional.of(out), resume).run(Progress.silent(), stop);
    }

    private static void interrupted(Ending<CondenseJob.Result> ending) {
        assertInstanceOf(Ending.Interrupted.class, ending);
    }

    private static void finished(Ending<CondenseJob.Result> ending) {
        assertInstanceOf(Ending.Finished.class, ending);
    }

    @Test
    void theTimeOfAPartThatWasKilledCounts() throws IOException {
        RunConfig config = TinySettings.with();
        Path out = folder.resolve("run");
        interrupted(condense(config, out, false, stopAt(3)));
        RunDirectory directory = RunDirectory.open(out);
        int loops = Files.readAllLines(directory.metrics()).size();
        assertTrue(loops > 0);
        // As if it had been killed, and its loops had taken longer.
        replace(directory.metrics(), "\"seconds\":[^,}]+", "\"seconds\":1000");
        replace(directory.manifest(), "\"interrupted\"", "\"running\"");
        replace(directory.manifest(), "(\"condense_seconds\"\\s*:\\s*)[^,}\\s]+", "$1500.0");
        double killed = 500 + 1000.0 * loops;
        assertEquals(
                Duration.ofSeconds((long) killed), RunSummary.of(out).time().orElseThrow());
        interrupted(condense(config, out, true, stopAt(1)));
        assertEquals(killed, Manifest.read(directory.manifest()).condenseSeconds(), 100);
        // Killed once more, after it had noted how many loops its time is without.
        replace(directory.manifest(), "\"interrupted\"", "\"running\"");
        replace(directory.manifest(), "\"condense_seconds\"", "\"loops_before\" : " + loops + ", \"condense_seconds\"");
        finished(condense(config, out, true, () -> false));
        Manifest manifest = Manifest.read(directory.manifest());
        assertEquals(Manifest.Status.FINISHED, manifest.status());
        assertEquals(killed, manifest.condenseSeconds(), 100);
    }

    private static void replace(Path file, String pattern, String by) throws IOException {
        String before = Files.readString(file);
        String after = before.replaceAll(pattern, by);
        assertNotEquals(before, after);
        Files.writeString(file, after);
    }
}
