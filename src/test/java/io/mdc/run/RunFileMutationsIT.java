package io.mdc.run;

import io.mdc.base.Json;
import io.mdc.evaluate.CondensedSet;
import io.mdc.testing.ReaderMutations;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
