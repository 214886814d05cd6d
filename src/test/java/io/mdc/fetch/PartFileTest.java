package io.mdc.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.base.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    @TempDir
    private Path folder;

    @Test
    void fullDiskIsSaid() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is always full");
        Path part = Files.createSymbolicLink(folder.resolve("file.part"), full);
        try (PartFile file = new PartFile(folder.resolve("file"))) {
            String message = assertThrows(DataException.class, () -> file.append(new byte[10], 10))
                    .getMessage();
            assertEquals(
                    part + ": cannot be written (No space left on device); make room or name another directory with"
                            + " --data-dir",
                    message);
        }
        assertFalse(Files.exists(folder.resolve("file")));
    }

    @Test
    void moreThanTheDiskHoldsIsNotBegun() {
        try (PartFile file = new PartFile(folder.resolve("file"))) {
            String message = assertThrows(DataException.class, () -> file.requireRoom(1L << 60))
                    .getMessage();
            assertTrue(message.contains("needs 1152921504606.8 MB, but only "), message);
        }
    }

    @Test
    void fileInPlaceOfTheDirectoryIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "mine");
        String message = assertThrows(DataException.class, () -> new PartFile(file.resolve("x")))
                .getMessage();
        assertEquals(
                file.resolve("x.part") + ": cannot be written (" + file + " is not a directory); make room or name"
                        + " another directory with --data-dir",
                message);
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void emptyPartIsNotLeftBehind() {
        Path deep = folder.resolve("a/b/file");
        new PartFile(deep).close();
        assertTrue(Files.isDirectory(deep.getParent()));
        assertFalse(Files.exists(folder.resolve("a/b/file.part")));
    }

    @Test
    void lengthIsWhatWasAppended() {
        Path target = folder.resolve("file");
        try (PartFile file = new PartFile(target)) {
            file.append(new byte[] {1, 2, 3, 4}, 3);
            assertEquals(3, file.length());
        }
        try (PartFile file = new PartFile(target)) {
            assertEquals(3, file.length());
            file.clear();
            assertEquals(0, file.length());
            file.append(new byte[] {5}, 1);
            file.publish();
        }
        assertFalse(Files.exists(folder.resolve("file.part")));
        assertEquals(1, target.toFile().length());
    }
}
