package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
    @TempDir
    private Path folder;

    @Test
    void theFileAndTheRoomAreNamed() {
        Path file = folder.resolve("state.npz");
        IOException cause = new IOException("No space left on device");
        String message =
                DiskFull.explain(file, () -> OptionalLong.of(5_000_000), cause).getMessage();
        assertTrue(
                message.matches("\\Q" + file
                        + "\\E: the disk is full: 5 MB are needed, [0-9.]+ MB are free; make room and go on"),
                message);
    }

    @Test
    void otherFailuresStayAsTheyAre() {
        IOException other = new IOException("Permission denied");
        assertSame(other, DiskFull.explain(folder, () -> fail("not asked for"), other));
    }

    @Test
    void aFileThatDoesNotFitLeavesTheOldOneAndSaysHowMuchItNeeds() throws IOException {
        Path file = folder.resolve("state.npz");
        Files.writeString(file, "old");
        boolean[] full = {true};
        IOException thrown = assertThrows(
                IOException.class,
                () -> AtomicFiles.write(file, out -> {
                    if (full[0]) {
                        full[0] = false;
                        throw new IOException("No space left on device");
                    }
                    out.write(new byte[3_000_000]);
                }));
        assertTrue(thrown.getMessage().startsWith(file + ": the disk is full: 3 MB are needed, "), thrown.getMessage());
        assertEquals("old", Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void ofAFolderThatDoesNotFitItIsTheFolderThatIsNamed() {
        Path made = folder.resolve("run");
        for (AtomicFiles.Filling filling : List.<AtomicFiles.Filling>of(
                part -> {
                    throw new IOException("No space left on device");
                },
                part -> AtomicFiles.write(part.resolve("a"), out -> {
                    throw new IOException("No space left on device");
                }))) {
            DiskFull full = assertThrows(DiskFull.class, () -> AtomicFiles.folder(made, filling));
            assertTrue(full.getMessage().startsWith(made + ": the disk is full: "), full.getMessage());
        }
    }

    @Test
    void roomOnOneDiskIsForAllThatGoesThere() throws IOException {
        long most = Files.getFileStore(folder).getUsableSpace() * 6 / 10;
        Path large = folder.resolve("large");
        Path small = folder.resolve("small");
        DiskFull.requireRoom(Map.of(large, most));
        String message = assertThrows(DiskFull.class, () -> DiskFull.requireRoom(Map.of(small, most - 1, large, most)))
                .getMessage();
        assertTrue(message.startsWith(large + ": the disk has not enough room: about "), message);
    }
}
