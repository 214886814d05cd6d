package io.mdc.dataset.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.data.Cache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchivesTest {
    private static final Path ARCHIVE = Path.of("images.tar");

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsNoFaultOfTheArchive() {
        IOException full = new IOException("No space left on device");
        assertThrows(DiskFull.class, () -> Archives.damage(ARCHIVE, folder.resolve("a"), full));
        String message = assertThrows(DataException.class, () -> new Cache.Space(folder)
                        .folder(
                                "unpacked",
                                "key",
                                part -> {
                                    throw Archives.damage(ARCHIVE, part, full);
                                },
                                whole -> Optional.empty()))
                .getMessage();
        assertTrue(
                message.matches("\\Q" + folder + "\\E: the cache cannot be written \\(\\Q" + folder
                        + "/unpacked/key\\E: the disk is full: .*\\); free space there, or set MDC_DATA_DIR .*"),
                message);
    }

    private static final int FILES = 4;
    private static final int BLOCK = 512;

    /** Of 700 to 1600 bytes each, which take two to four blocks. */
    private static byte[] content(int file) {
        byte[] content = new byte[700 + 300 * file];
        new SplittableRandom(file).nextBytes(content);
        return content;
    }

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < FILES; i++) {
                TarArchiveEntry entry = new TarArchiveEntry("train/a/" + i + ".jpg");
                entry.setSize(content(i).length);
                tar.putArchiveEntry(entry);
                tar.write(content(i));
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Where the zeros at the end of {@link #tar} begin. */
    private static int endOfTar() {
        return IntStream.range(0, FILES)
                .map(i -> BLOCK + (content(i).length + BLOCK - 1) / BLOCK * BLOCK)
                .sum();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < FILES; i++) {
                zip.putNextEntry(new ZipEntry("train/a/" + i + ".jpg"));
                zip.write(content(i));
            }
        }
        return bytes.toByteArray();
    }

    private Path cut(byte[] whole, int length, String ending) throws IOException {
        return Files.write(folder.resolve("cut-" + length + ending), Arrays.copyOf(whole, length));
    }

    private Path unpack(Path archive) {
        return Archives.unpack(archive, new Cache.Space(folder.resolve("cache")));
    }

    private void assertWhole(Path archive) throws IOException {
        Path unpacked = unpack(archive);
        for (int i = 0; i < FILES; i++) {
            assertArrayEquals(content(i), Files.readAllBytes(unpacked.resolve("train/a/" + i + ".jpg")));
        }
    }

    private void assertRefused(Path archive, String reason) throws IOException {
        List<Path> before = unpacked();
        String message =
                assertThrows(DataException.class, () -> unpack(archive)).getMessage();
        assertTrue(message.startsWith(archive + ": cannot be unpacked (" + reason), message);
        assertTrue(message.matches("\\P{Cntrl}+"), message);
        assertEquals(before, unpacked(), "nothing is kept");
    }

    private List<Path> unpacked() throws IOException {
        Path cache = folder.resolve("cache/unpacked");
        return Files.isDirectory(cache) ? Archives.files(cache) : List.of();
    }

    @Test
    void aTarIsWholeWithOneBlockOfZerosAndCutOffWithLess() throws IOException {
        byte[] whole = tar();
        int end = endOfTar();
        assertWhole(cut(whole, whole.length, ".tar"));
        assertWhole(cut(whole, end + BLOCK, ".tar"));
        for (int length = 0; length < end + BLOCK; length += BLOCK / 2) {
            assertRefused(cut(whole, length, ".tar"), "");
        }
        int header = end - BLOCK - (content(FILES - 1).length + BLOCK - 1) / BLOCK * BLOCK;
        for (int length : new int[] {header, header + 1, header + BLOCK - 1, end, end + 1}) {
            assertRefused(cut(whole, length, ".tar"), "it is cut off: the block of zeros at its end is missing)");
        }
    }

    @Test
    void whatDoesNotHoldAllThatWasUnpackedIsUnpackedAnew() throws IOException {
        Path archive = cut(zip(), zip().length, ".zip");
        assertWhole(archive);
        Path kept = Files.writeString(unpack(archive).resolve(".kept"), "");
        assertFalse(Files.exists(unpack(archive).resolve(kept.getFileName())), "one file too many");
        for (String name : List.of("train/a/1.jpg", "train/a/3.jpg", ".contents.json")) {
            Path file = unpack(archive).resolve(name);
            Files.delete(file);
            assertWhole(archive);
            for (String damaged : List.of("", "{}", "null", "{\"files\": -1}", "half")) {
                Files.writeString(file, damaged);
                assertWhole(archive);
            }
        }
        FileTime unpacked = Files.getLastModifiedTime(unpack(archive).resolve("train/a/1.jpg"));
        assertWhole(archive);
        assertEquals(unpacked, Files.getLastModifiedTime(unpack(archive).resolve("train/a/1.jpg")), "once");
        assertEquals(FILES + 1, unpacked().size(), "nothing is left of the damaged");
    }

    @Test
    void aCompressedTarThatIsCutOffIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tar());
        }
        byte[] whole = bytes.toByteArray();
        assertWhole(cut(whole, whole.length, ".tgz"));
        assertRefused(cut(whole, whole.length / 2, ".tgz"), "it is cut off: ");
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(inner)) {
            gzip.write(tar(), 0, endOfTar());
        }
        assertRefused(cut(inner.toByteArray(), inner.size(), ".tar.gz"), "it is cut off: the block of zeros at its");
    }

    @Test
    void aZipThatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = zip();
        assertWhole(cut(whole, whole.length, ".zip"));
        for (int length = 0; length < whole.length; length += 41) {
            assertRefused(
                    cut(whole, length, ".zip"), "it is cut off or damaged at its end, where its files are listed");
        }
        assertRefused(cut(whole, whole.length - 1, ".zip"), "it is cut off or damaged at its end");
    }

    /** Where the bytes stand in a header of a file and in the list of them: the method, and whether it is encrypted. */
    @ParameterizedTest
    @CsvSource({"8,10,12", "8,10,14", "6,8,1"})
    void aZipOfAnotherKindIsNotCalledDamaged(int inHeader, int inList, byte value) throws IOException {
        byte[] bytes = zip();
        for (int at = 0; at < bytes.length - 4; at++) {
            boolean header = bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 3 && bytes[at + 3] == 4;
            boolean listed = bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 1 && bytes[at + 3] == 2;
            if (header || listed) {
                bytes[at + (header ? inHeader : inList)] = value;
            }
        }
        Path archive = cut(bytes, bytes.length, ".zip");
        String message =
                assertThrows(DataException.class, () -> unpack(archive)).getMessage();
        assertTrue(
                message.startsWith(archive + ": is encrypted, or packed by a method that cannot be read here (")
                        && message.endsWith("); unpack it yourself and name that folder"),
                message);
        assertEquals(List.of(), unpacked());
    }

    @Test
    void aZipHasAsManyFilesAsItLists() throws IOException {
        byte[] damaged = zip();
        byte[] local = {'P', 'K', 3, 4};
        int second = IntStream.range(1, damaged.length - local.length)
                .filter(at -> Arrays.equals(local, Arrays.copyOfRange(damaged, at, at + local.length)))
                .findFirst()
                .orElseThrow();
        damaged[second + 2] = 1; // as an entry of the list begins
        damaged[second + 3] = 2;
        assertRefused(cut(damaged, damaged.length, ".zip"), "it is cut off: it lists 3 files more than are in it)");
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
