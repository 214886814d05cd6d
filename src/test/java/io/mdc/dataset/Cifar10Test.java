package io.mdc.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.SourceFile;
import io.mdc.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads small files of the real layout: 300 records each, more than are read at once. */
class Cifar10Test {
    private static final int RECORDS = 300;
    private static final int RECORD = 3073;
    private static final List<String> FILES = List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");

    @TempDir
    Path directory;

    private final Cifar10 reader = new Cifar10(RECORDS);

    @BeforeEach
    void writeFiles() throws IOException {
        for (int f = 0; f < FILES.size(); f++) {
            Files.write(directory.resolve(FILES.get(f)), records(f));
        }
    }

    /** Record r of file f has label r·3 mod 10 and pixels that depend on f, r and the place. */
    private static byte[] records(int file) {
        byte[] bytes = new byte[RECORDS * RECORD];
        for (int r = 0; r < RECORDS; r++) {
            bytes[r * RECORD] = (byte) (r * 3 % 10);
            for (int i = 0; i < RECORD - 1; i++) {
                bytes[r * RECORD + 1 + i] = (byte) (31 * file + 7 * r + i);
            }
        }
        return bytes;
    }

    private String failure(Path where) {
        String message = assertThrows(DataException.class, () -> reader.load(LoadRequest.of(where)))
                .getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    private void overwrite(String file, int at, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(file));
        bytes[at] = (byte) value;
        Files.write(directory.resolve(file), bytes);
    }

    @Test
    void readsEveryRecordInOrder() {
        Dataset data = reader.load(LoadRequest.of(directory));
        assertEquals(5 * RECORDS, data.train().size());
        assertEquals(RECORDS, data.test().size());
        for (int i = 0; i < 5 * RECORDS; i++) {
            assertRecord(data.train(), i, i / RECORDS, i % RECORDS);
        }
        for (int i = 0; i < RECORDS; i++) {
            assertRecord(data.test(), i, 5, i);
        }
    }

    private static void assertRecord(ImageSet set, int image, int file, int record) {
        assertEquals(record * 3 % 10, set.label(image));
        for (int i = 0; i < RECORD - 1; i++) {
            if ((byte) (31 * file + 7 * record + i) != set.image(image)[i]) {
                throw new AssertionError("byte " + i + " of image " + image + " is wrong");
            }
        }
    }

    @Test
    void describesWhatItRead() throws Exception {
        Dataset data = reader.load(LoadRequest.of(directory));
        assertEquals("cifar10", data.name());
        assertEquals(Cifar10.NORMALIZATION, data.normalization());
        assertEquals("airplane", data.classNames().get(0));
        assertEquals("truck", data.classNames().get(9));
        assertEquals(
                List.of(3, 32, 32),
                List.of(
                        data.train().channels(),
                        data.train().height(),
                        data.train().width()));
        for (int f = 0; f < FILES.size(); f++) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(records(f));
            String path = directory.resolve(FILES.get(f)).toString();
            assertEquals(
                    new SourceFile(path, RECORDS * RECORD, HexFormat.of().formatHex(hash)),
                    data.sources().get(f));
        }
    }

    @Test
    void findsTheFolderThatTheArchiveUnpacksTo() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("data/cifar-10-batches-bin"));
        for (String file : FILES) {
            Files.move(directory.resolve(file), folder.resolve(file));
        }
        Dataset data = reader.load(LoadRequest.of(directory.resolve("data")));
        assertArrayEquals(
                reader.load(LoadRequest.of(folder)).train().image(3),
                data.train().image(3));
    }

    @Test
    void takesClassNamesFromTheirFile() throws IOException {
        Files.writeString(directory.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
        assertEquals(
                List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"),
                reader.load(LoadRequest.of(directory)).classNames());
    }

    @Test
    void wrongNumberOfClassNamesIsReported() throws IOException {
        Path file = Files.writeString(directory.resolve("batches.meta.txt"), "a\nb\n");
        assertEquals(
                file + ": 2 class names, expected 10, one per line; unpack it again or remove it", failure(directory));
    }

    @Test
    void classNamesThatAreNotTextAreReported() throws IOException {
        Path file = Files.write(directory.resolve("batches.meta.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertTrue(failure(directory).startsWith(file + ": cannot be read as text"));
    }

    @Test
    void missingDirectoryIsNamed() {
        Path nowhere = directory.resolve("nowhere");
        assertEquals(nowhere + ": no such directory; name the one with CIFAR-10's files or archive", failure(nowhere));
    }

    @Test
    void directoryWithoutTheFilesSaysWhatBelongsThere() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertEquals(
                empty + ": neither data_batch_1.bin nor a folder cifar-10-batches-bin or cifar-10-batches-py is in it; "
                        + "put cifar-10-binary.tar.gz or cifar-10-python.tar.gz there, or unpack one",
                failure(empty));
    }

    @Test
    void eachMissingFileIsNamed() throws IOException {
        for (String file : FILES) {
            byte[] bytes = Files.readAllBytes(directory.resolve(file));
            Files.delete(directory.resolve(file));
            assertEquals(
                    directory.resolve(file) + ": no such file; unpack the data set again or name another directory",
                    failure(directory));
            Files.write(directory.resolve(file), bytes);
        }
    }

    @Test
    void truncatedFileNamesTheFileAndSizes() throws IOException {
        Path file = directory.resolve("data_batch_4.bin");
        Files.write(file, Arrays.copyOf(records(3), 1000));
        assertEquals(
                file + ": 1000 bytes, expected 921900 (300 records of 3073 bytes); "
                        + "the file is truncated: unpack or download it again",
                failure(directory));
    }

    @Test
    void fileThatIsTooLongIsReported() throws IOException {
        Path file = directory.resolve("test_batch.bin");
        Files.write(file, Arrays.copyOf(records(5), RECORDS * RECORD + 1));
        assertEquals(
                file + ": 921901 bytes, expected 921900 (300 records of 3073 bytes); "
                        + "the file is not the right one: unpack or download it again",
                failure(directory));
    }

    @Test
    void directoryInPlaceOfAFileIsReported() throws IOException {
        Path file = directory.resolve("data_batch_2.bin");
        Files.delete(file);
        Files.createDirectory(file);
        assertEquals(file + ": not a readable file; check its permissions or unpack it again", failure(directory));
    }

    @Test
    void labelOutOfRangeNamesTheRecord() throws IOException {
        for (int label : new int[] {10, 255}) {
            overwrite("data_batch_3.bin", 217 * RECORD, label);
            assertEquals(
                    directory.resolve("data_batch_3.bin") + ": record 217 (byte " + 217 * RECORD + ") has label "
                            + label + ", expected 0..9; the file is corrupt: unpack or download it again",
                    failure(directory));
        }
    }

    @Test
    void unbalancedClassesAreReported() throws IOException {
        overwrite("data_batch_5.bin", 0, 9);
        assertEquals(
                directory + ": class 0 (airplane) has 149 images in data_batch_1.bin .. data_batch_5.bin, "
                        + "expected 150; a file is corrupt or there twice: unpack them again",
                failure(directory));
    }

    @Test
    void aPipeInThePlaceOfClassNamesIsNamed() {
        Path pipe = directory.resolve("batches.meta.txt");
        assumeTrue(Programs.run("mkfifo", pipe.toString()).isPresent());
        assertEquals(
                pipe + ": not a file of class names; unpack it again or remove it",
                assertTimeoutPreemptively(Duration.ofMinutes(1), () -> failure(directory)));
    }

    @Test
    void theRealFilesHaveTenThousandRecords() {
        String message = assertThrows(DataException.class, () -> new Cifar10().load(LoadRequest.of(directory)))
                .getMessage();
        assertTrue(message.contains("expected 30730000 (10000 records of 3073 bytes)"), message);
    }
}
