package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.evaluate.CondensedSet;
import io.mdc.job.CondenseJob;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.TinySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {
    @TempDir
    private Path folder;

    @Test
    void theImagesOfTheLastStateAreThoseOfTheSet() throws IOException {
        RunConfig config = TinySettings.with();
        RunDirectory run = NewRun.create(folder.resolve("begun"), config);
        assertEquals(Optional.empty(), new RunRecords(run).saved(config));
        assertInstanceOf(
                Ending.Finished.class,
                new CondenseJob(config, Optional.of(folder.resolve("run")), false).run(Progress.silent(), () -> false));
        RunDirectory finished = RunDirectory.open(folder.resolve("run"));
        RunRecords records = new RunRecords(finished);
        CondensedSet set = CondensedSet.read(finished.synthetic());
        CondensedSet saved = records.saved(config).orElseThrow();
        assertEquals(set.classes(), saved.classes());
        assertArrayEquals(pixels(set), pixels(saved));
        assertEquals(
                set.classes(), records.circumstances().orElseThrow().classes().size());
        assertEquals(4, records.loops().lines().size());
        Files.delete(finished.checkpoints().file().resolveSibling("state.previous.npz"));
        Files.writeString(finished.checkpoints().file(), "damaged");
        assertThrows(DataException.class, () -> records.saved(config));
    }

    private static float[] pixels(CondensedSet set) {
        float[] pixels = new float[set.classes() * set.ipc()];
        for (int image = 0; image < pixels.length; image++) {
            pixels[image] = set.pixel(image, 0, 1, 1);
        }
        return pixels;
    }
}
