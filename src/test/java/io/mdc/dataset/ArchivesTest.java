package io.mdc.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.data.Cache;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
    private static final Path ARCHIVE = Path.of("images.tar");

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsNoFaultOfTheArchive() {
        IOException full = new IOException("No space left on device");
        assertThrows(DiskFull.class, () -> Archives.damage(ARCHIVE, folder.resolve("a"), full));
        String message = assertThrows(
                        DataException.class, () -> new Cache.Space(folder).folder("unpacked", "key", part -> {
                            throw Archives.damage(ARCHIVE, part, full);
                        }))
                .getMessage();
        assertTrue(
                message.matches("\\Q" + folder + "\\E: the cache cannot be written \\(\\Q" + folder
                        + "/unpacked/key\\E: the disk is full: .*\\); free space there, or set MDC_DATA_DIR .*"),
                message);
    }

    @Test
    void allElseIs() throws IOException {
        assertEquals(
                "images.tar: cannot be unpacked (it holds no files); download it again, or unpack it elsewhere and name"
                        + " that folder",
                Archives.damage(ARCHIVE, folder, new IOException("it holds no files"))
                        .getMessage());
    }
}
