package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.Forced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void textReplacesWhatWasThere() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFiles.write(file, "first");
        AtomicFiles.write(file, "größer");
        assertEquals("größer", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void aFileIsOnDiskBeforeItHasItsName() throws IOException {
        Path file = folder.resolve("a.txt");
        List<Path> forced = Forced.below(folder, () -> AtomicFiles.write(file, "text"));
        assertEquals(2, forced.size(), forced.toString());
        assertTrue(forced.get(0).getFileName().toString().matches("\\.a\\.txt\\..*\\.part"), forced.toString());
        assertEquals(folder, forced.get(1));
    }

    @Test
    void aNameMayBeAsLongAsFileSystemsAllow() throws IOException {
        for (String name : List.of("x".repeat(255), "ü".repeat(127), "🙂".repeat(63))) {
            Path file = folder.resolve(name);
            AtomicFiles.write(file, name);
            assertEquals(name, Files.readString(file));
            assertEquals(List.of(name), names());
            Files.delete(file);
        }
    }

    @Test
    void theOldFileStandsWhileTheNewOneIsWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        AtomicFiles.write(file, out -> {
            out.write('n');
            out.flush();
            assertEquals("old", Files.readString(file));
            AtomicFiles.write(file, "from another process");
            out.write('w');
        });
        assertEquals("nw", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void whatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        IOException failure = assertThrows(
                FileSystemException.class,
                () -> AtomicFiles.write(file, out -> {
                    out.write('n');
                    throw new IOException("cable pulled");
                }));
        assertEquals(file + ": cable pulled", failure.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void whereNothingCanBeWrittenTheFileIsNamedAndNotItsPart() throws IOException {
        Path below = folder.resolve("missing/a.txt");
        assertEquals(
                below.toString(),
                assertThrows(NoSuchFileException.class, () -> AtomicFiles.write(below, "new"))
                        .getMessage());
        Path inAFile = Files.writeString(folder.resolve("b.txt"), "").resolve("folder");
        String message = assertThrows(FileSystemException.class, () -> AtomicFiles.folder(inAFile, part -> {}))
                .getMessage();
        assertFalse(message.contains(".part"), message);
    }

    @Test
    void aFolderAppearsWithEverythingInIt() throws IOException {
        Path target = folder.resolve("kind/key");
        AtomicFiles.folder(target, part -> {
            Files.writeString(part.resolve("a"), "1");
            assertFalse(Files.exists(target));
            Files.createDirectories(part.resolve("b/c"));
        });
        assertEquals("1", Files.readString(target.resolve("a")));
        assertEquals(List.of("key"), List.of(target.getParent().toFile().list()));
    }

    @Test
    void aFolderThatCannotBeFilledLeavesNothing() {
        Path target = folder.resolve("kind/key");
        for (boolean checked : new boolean[] {true, false}) {
            IOException failure = assertThrows(
                    FileSystemException.class,
                    () -> AtomicFiles.folder(target, part -> {
                        Files.createDirectories(part.resolve("b/c"));
                        IOException pulled = new IOException("cable pulled");
                        if (checked) {
                            throw pulled;
                        }
                        throw new UncheckedIOException(pulled);
                    }));
            assertEquals(target + ": cable pulled", failure.getMessage());
            assertEquals(0, target.getParent().toFile().list().length);
        }
    }

    @Test
    void aFolderIsRemovedWithEverythingInIt() throws IOException {
        Path target = folder.resolve("key");
        AtomicFiles.folder(
                target,
                part -> Files.writeString(
                        Files.createDirectory(part.resolve("b")).resolve("a"), "1"));
        AtomicFiles.remove(target);
        AtomicFiles.remove(target);
        assertEquals(List.of(), names());
    }

    @Test
    void theFolderOfAFasterProcessStays() throws IOException {
        Path target = folder.resolve("key");
        AtomicFiles.folder(target, part -> {
            Files.writeString(part.resolve("a"), "slow");
            AtomicFiles.folder(target, faster -> Files.writeString(faster.resolve("a"), "fast"));
        });
        assertEquals("fast", Files.readString(target.resolve("a")));
        assertEquals(List.of("key"), names());
    }

    private static final String UNIQUE = ".0b0f6a9e-3b52-4a56-9d2e-0123456789ab.part";

    private static void age(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        Instant before = Instant.now().minus(AtomicFiles.ABANDONED).minusSeconds(60);
        for (Path path : all) {
            Files.setLastModifiedTime(path, FileTime.from(before));
        }
    }

    private Path part(String name) throws IOException {
        Path part = Files.createDirectories(folder.resolve(name));
        Files.writeString(Files.createDirectories(part.resolve("below")).resolve("a"), "half");
        return part;
    }

    @Test
    void whatWasLeftOfFoldersLongAgoIsRemovedAndNothingElse() throws IOException {
        Path abandoned = part(".key" + UNIQUE);
        Path anothers = part(".other" + UNIQUE);
        Path kept = part("key");
        Path lookalike = part(".key.part");
        for (Path old : List.of(abandoned, anothers, kept, lookalike)) {
            age(old);
        }
        Files.move(kept, folder.resolve("mine"));
        Path file = Files.writeString(folder.resolve(".key" + UNIQUE.replace("0b", "0c")), "a file");
        age(file);
        Path link = Files.createSymbolicLink(folder.resolve(".key" + UNIQUE.replace("0b", "0d")), lookalike);
        AtomicFiles.folder(folder.resolve("key"), made -> Files.writeString(made.resolve("a"), "1"));
        assertFalse(Files.exists(abandoned));
        assertFalse(Files.exists(anothers));
        for (Path other : List.of(lookalike, folder.resolve("mine"), file, link, folder.resolve("key"))) {
            assertTrue(Files.exists(other), other.toString());
        }
        assertTrue(Files.exists(lookalike.resolve("below/a")));
    }

    @Test
    void aFolderThatAnotherProcessFillsNowStays() throws IOException {
        Path part = part(".key" + UNIQUE);
        age(part);
        Files.setLastModifiedTime(part.resolve("below/a"), FileTime.from(Instant.now()));
        AtomicFiles.folder(folder.resolve("key"), made -> Files.writeString(made.resolve("a"), "1"));
        assertTrue(Files.exists(part.resolve("below/a")));
    }

    @Test
    void aFolderIsMadeInTheWorkingDirectory() throws IOException {
        Path name = Path.of("target-" + System.nanoTime());
        try {
            AtomicFiles.folder(name, part -> Files.writeString(part.resolve("a"), "a"));
            assertEquals("a", Files.readString(name.resolve("a")));
        } finally {
            Files.deleteIfExists(name.resolve("a"));
            Files.deleteIfExists(name);
        }
    }
}
