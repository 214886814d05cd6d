package io.mdc.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.Allocations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyArchiveTest {
    private static final NumpyArray IMAGES = NumpyArray.of(noise(600), 2, 300);
    private static final NumpyArray LABELS = NumpyArray.of(new long[] {0, 1}, 2);
    private static final String TEXT = "{\"größe\": 3}";

    @TempDir
    private Path directory;

    private static double[] noise(int count) {
        SplittableRandom random = new SplittableRandom(1);
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextDouble());
        return values;
    }

    private Path written(String name) throws IOException {
        Path file = directory.resolve(name);
        new NumpyArchive()
                .put("images", IMAGES)
                .put("labels", LABELS)
                .putText("state.json", TEXT)
                .write(file);
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/New_York", "Asia/Tokyo"})
    void bytesDoNotDependOnTheTimeZone(String zone) throws IOException {
        TimeZone usual = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            byte[] expected = Files.readAllBytes(written("utc.npz"));
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            assertArrayEquals(expected, Files.readAllBytes(written("other.npz")));
        } finally {
            TimeZone.setDefault(usual);
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        NumpyArchive copy = NumpyArchive.read(written("a.npz"));
        assertEquals(IMAGES, copy.get("images"));
        assertEquals(LABELS, copy.get("labels"));
        assertEquals(TEXT, copy.text("state.json"));
    }

    @Test
    void theFileIsAZipOfNumpyFiles() throws IOException {
        try (ZipFile zip = new ZipFile(written("a.npz").toFile())) {
            assertEquals(
                    List.of("state.json", "images.npy", "labels.npy"),
                    zip.stream().map(Object::toString).toList());
        }
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException, InterruptedException {
        byte[] first = Files.readAllBytes(written("a.npz"));
        Thread.sleep(5);
        assertArrayEquals(first, Files.readAllBytes(written("b.npz")));
        NumpyArchive.read(directory.resolve("a.npz")).write(directory.resolve("c.npz"));
        assertEquals(first.length, Files.size(directory.resolve("c.npz")));
    }

    @Test
    void arraysAreWrittenAndReadWithoutCopies() throws Exception {
        int size = 1 << 24;
        NumpyArray large = new NumpyArray(NumpyArray.Type.UINT8, new int[] {size}, ByteBuffer.wrap(new byte[size]));
        Path file = directory.resolve("large.npz");
        long writing =
                Allocations.of(() -> new NumpyArchive().put("images", large).write(file));
        long reading = Allocations.of(() -> NumpyArchive.read(file));
        assertTrue(writing < size / 4, writing + " bytes to write " + size);
        assertTrue(reading < size + size / 4, reading + " bytes to read " + size);
        assertEquals(large, NumpyArchive.read(file).get("images"));
    }

    /** Its checksum and length are right, so that only its header tells of more. */
    @Test
    void anArrayThatSaysItIsHugeTakesNoMemory() throws Exception {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000,), }";
        Path file = directory.resolve("huge.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("images.npy"));
            zip.write(HexFormat.of().parseHex("934e554d50590100"));
            zip.write(new byte[] {(byte) header.length(), 0});
            zip.write((header + "1234").getBytes(StandardCharsets.US_ASCII));
        }
        long reading = Allocations.of(() -> assertEquals(
                "entry 'images.npy': ends after 4 of 2000000000 bytes",
                assertThrows(IOException.class, () -> NumpyArchive.read(file)).getMessage()));
        assertTrue(reading < 1 << 22, reading + " bytes");
    }

    @Test
    void missingEntriesAreNamed() throws IOException {
        NumpyArchive archive = NumpyArchive.read(written("a.npz"));
        assertEquals(
                "no array 'velocity'",
                assertThrows(IOException.class, () -> archive.get("velocity")).getMessage());
        assertEquals(
                "no entry 'x.json'",
                assertThrows(IOException.class, () -> archive.text("x.json")).getMessage());
    }

    @Test
    void writingReplacesTheFileAndLeavesNothingElse() throws IOException {
        written("a.npz");
        new NumpyArchive().put("labels", LABELS).write(directory.resolve("a.npz"));
        assertThrows(IOException.class, () -> NumpyArchive.read(directory.resolve("a.npz"))
                .get("images"));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("a.npz")), files.toList());
        }
    }

    @Test
    void writingIntoAMissingDirectoryFailsAndLeavesNothing() {
        assertThrows(
                IOException.class,
                () -> new NumpyArchive().put("labels", LABELS).write(directory.resolve("missing/a.npz")));
        assertTrue(Files.notExists(directory.resolve("missing")));
    }

    /** A damaged archive is never read as other content: it fails, or the damage is where nothing is stored. */
    @Test
    void anyFlippedByteIsNoticedOrHarmless() throws IOException {
        byte[] bytes = Files.readAllBytes(written("a.npz"));
        Path damaged = directory.resolve("damaged.npz");
        int noticed = 0;
        List<Integer> missed = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += i > bytes.length - 250 ? 1 : 13) {
            byte[] wrong = bytes.clone();
            wrong[i] ^= (byte) (1 << (i % 8));
            Files.write(damaged, wrong);
            try {
                NumpyArchive archive = NumpyArchive.read(damaged);
                if (!archive.get("images").equals(IMAGES)
                        || !archive.get("labels").equals(LABELS)
                        || !archive.text("state.json").equals(TEXT)) {
                    missed.add(i);
                }
            } catch (IOException e) {
                assertNotNull(e.getMessage());
                noticed++;
            }
        }
        assertEquals(List.of(), missed, "bytes whose damage changes content unnoticed");
        assertTrue(noticed > 300, noticed + " noticed");
    }

    @Test
    void damageInAnArrayNamesTheEntry() throws IOException {
        byte[] bytes = Files.readAllBytes(written("a.npz"));
        bytes[bytes.length / 2] ^= 4;
        Path damaged = Files.write(directory.resolve("damaged.npz"), bytes);
        assertEquals(
                "entry 'images.npy' is damaged",
                assertThrows(IOException.class, () -> NumpyArchive.read(damaged))
                        .getMessage());
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(written("a.npz"));
        for (int length : new int[] {0, 1, 30, bytes.length / 2, bytes.length - 1}) {
            Path cut = Files.write(directory.resolve("cut.npz"), Arrays.copyOf(bytes, length));
            assertEquals(
                    "damaged, or not a zip archive",
                    assertThrows(IOException.class, () -> NumpyArchive.read(cut), length + " bytes")
                            .getMessage());
        }
    }

    @Test
    void aMissingFileIsAnIoException() {
        assertThrows(IOException.class, () -> NumpyArchive.read(directory.resolve("none.npz")));
    }

    @Test
    void onlyTheArraysThatAreAskedForAreRead() throws IOException {
        Path file = Path.of("src/test/resources/io/mdc/dataset/npz-kinds.npz");
        assertThrows(IOException.class, () -> NumpyArchive.read(file));
        NumpyArchive archive = NumpyArchive.read(file, Set.of("labels", "none"));
        assertTrue(archive.has("labels"));
        assertFalse(archive.has("bytes"));
        assertFalse(archive.has("none"));
        assertTrue(NumpyArchive.names(file).containsAll(List.of("labels", "bytes", "objects", "names")));
    }

    private Path zip(String entry, long zeros) throws IOException {
        Path file = directory.resolve("zeros.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            for (long done = 0; done < zeros; done += 1 << 16) {
                zip.write(new byte[1 << 16]);
            }
        }
        return file;
    }

    @Test
    void aLongTextIsRefusedUnread() throws IOException {
        Path file = zip("notes.txt", (1L << 26) + 1);
        String message =
                assertThrows(IOException.class, () -> NumpyArchive.read(file)).getMessage();
        assertTrue(message.startsWith("entry 'notes.txt' of 67"), message);
    }

    @Test
    void anEntryIsNotUnpackedBeyondTheSizeItSays() throws IOException {
        Path file = zip("a.npy", 1 << 26);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int directoryEntry = buffer.getInt(bytes.length - 6);
        buffer.putInt(directoryEntry + 24, 100);
        Files.write(file, bytes);
        assertEquals(
                "entry 'a.npy' is damaged",
                assertThrows(IOException.class, () -> NumpyArchive.read(file)).getMessage());
    }
}
