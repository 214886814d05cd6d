package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.base.Json;
import io.mdc.base.LockHolder;
import io.mdc.evaluate.CondensedSet;
import io.mdc.job.CondenseJob;
import io.mdc.report.Progress;
import io.mdc.run.TinySettings;
import io.mdc.testing.ReaderMutations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of a run, see {@link ReaderMutations}. */
class RunFileMutationsIT {
    @TempDir
    private Path folder;

    @Test
    void manifests() throws Exception {
        Path file = folder.resolve("manifest.json");
        Files.writeString(file, Json.text(ManifestTest.begun(1)));
        ReaderMutations.check("manifest", folder, fixture -> Manifest.read(file));
    }

    @Test
    void condensedSets() throws Exception {
        Path file = folder.resolve("synthetic.npz");
        new CondensedSet(new float[4 * 3 * 8 * 8], new int[] {4, 3, 8, 8}, 2, 2).write(file);
        ReaderMutations.check("condensed-set", folder, fixture -> CondensedSet.read(file));
    }

    @Test
    void runsAtAGlance() throws Exception {
        for (int stopAt : new int[] {3, Integer.MAX_VALUE}) {
            AtomicInteger asked = new AtomicInteger();
            Path run = folder.resolve("run-" + stopAt);
            new CondenseJob(TinySettings.with("evaluate", "true"), Optional.of(run), false)
                    .run(Progress.silent(), () -> asked.incrementAndGet() == stopAt);
            Files.writeString(run.resolve("lock"), Json.text(LockHolder.here()));
            ReaderMutations.check(
                    "run-" + stopAt,
                    run,
                    fixture -> assertEquals(fixture, RunSummary.of(fixture).path()));
        }
    }
}
