package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.RunConfig;
import io.mdc.report.Progress;
import io.mdc.run.TinySettings;
import io.mdc.testing.Forced;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run goes on from after a power cut is on disk. */
class PowerCutTest {
    @TempDir
    private Path folder;

    @Test
    void logsAreOnDiskBeforeTheCheckpointThatCountsTheirLines() throws IOException {
        RunConfig config = TinySettings.with("checkpoint-minutes", "0", "evaluate-every", "1");
        Path run = folder.resolve("run");
        List<Path> forced = Forced.below(
                run, () -> new CondenseJob(config, Optional.of(run), false).run(Progress.silent(), () -> false));
        List<String> since = new ArrayList<>();
        int checkpoints = 0;
        for (Path file : forced) {
            since.add(run.relativize(file).toString());
            if (file.getFileName().toString().startsWith(".state.next.npz.")) {
                assertTrue(since.containsAll(Set.of("metrics.jsonl", "mls.jsonl", "course.jsonl")), since.toString());
                since.clear();
                checkpoints++;
            }
        }
        assertTrue(checkpoints >= 4, forced.toString());
        assertEquals(
                1,
                forced.stream()
                        .filter(file -> file.getFileName().toString().startsWith(".synthetic.npz."))
                        .count());
    }
}
