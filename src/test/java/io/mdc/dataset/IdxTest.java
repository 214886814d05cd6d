package io.mdc.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.LoadRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Reads files that {@code scripts/fixtures/make.py} wrote: images compressed, labels not. */
class IdxTest {
    private static final int SIDE = 12;

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void copyFixture() throws IOException {
        folder = Files.createDirectories(temp.resolve("MNIST/raw"));
        Path fixture = Path.of("src/test/resources/io/mdc/dataset/idx");
        for (String name : List.of("train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz")) {
            Files.copy(fixture.resolve(name), folder.resolve(name));
        }
        for (String name : List.of("train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte")) {
            Files.copy(fixture.resolve(name), folder.resolve(name));
        }
    }

    private static Dataset load(Path where) {
        return new Idx().load(LoadRequest.of(where));
    }

    private String failure() {
        return assertThrows(DataException.class, () -> load(temp)).getMessage();
    }

    @Test
    void foldersMayBeLinks() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("MNIST"));
        Path above = Files.createDirectories(temp.resolve("above"));
        Files.createSymbolicLink(above.resolve("MNIST"), temp.resolve("MNIST"));
        String expected = load(folder).checksum();
        assertEquals(expected, load(link).checksum());
        assertEquals(expected, load(above).checksum());
        Files.createSymbolicLink(folder.resolve("round"), temp.resolve("MNIST"));
        Files.createSymbolicLink(temp.resolve("MNIST/again"), folder);
        assertEquals(expected, load(link).checksum(), "links back, and two to the same files");
    }

    /** The formula of make.py, first channel. */
    private static byte pixel(int seed, int image, int y, int x) {
        return (byte) (seed * 7 + image * 131 + y * 17 + x * 5 + x * y * 3);
    }

    @Test
    void everyPixelAndLabelIsRead() {
        Dataset data = load(folder);
        for (int i = 0; i < 6; i++) {
            byte[] image = data.train().image(i);
            assertEquals(SIDE * SIDE, image.length);
            for (int k = 0; k < image.length; k++) {
                assertEquals(pixel(6, i, k / SIDE, k % SIDE), image[k]);
            }
            assertEquals(i % 3, data.train().label(i));
        }
        assertEquals(pixel(3, 2, 5, 7), data.test().image(2)[5 * SIDE + 7]);
        assertEquals(List.of("0", "1", "2"), data.classNames());
        assertEquals(4, data.sources().size());
    }

    /** As those of EMNIST Letters are. */
    @Test
    void labelsFromOneAreTakenLessOneAndThatIsTold() throws IOException {
        String expected = load(folder).checksum();
        List<Integer> labels = labels(load(folder));
        for (String name : List.of("train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte")) {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            for (int i = 8; i < bytes.length; i++) {
                bytes[i]++;
            }
            Files.write(folder.resolve(name), bytes);
        }
        ListAppender<ILoggingEvent> notes = new ListAppender<>();
        notes.start();
        Logger log = (Logger) LoggerFactory.getLogger(ArraySplit.class);
        log.addAppender(notes);
        try {
            assertEquals(labels, labels(load(folder)));
        } finally {
            log.detachAppender(notes);
        }
        assertNotEquals(expected, load(folder).checksum(), "other files");
        assertEquals(
                List.of(folder.resolve("train-images-idx3-ubyte.gz") + ": took labels as 1..3, less 1"),
                notes.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    private static List<Integer> labels(Dataset data) {
        return IntStream.range(0, data.train().size())
                .mapToObj(data.train()::label)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train-images.idx3-ubyte.gz", "emnist-letters-train-images-idx3-ubyte.gz"})
    void filesOfOtherNamesAndInFoldersBelowAreFound(String name) throws IOException {
        byte[] first = load(temp).train().image(0);
        Files.move(folder.resolve("train-images-idx3-ubyte.gz"), folder.resolve(name));
        assertArrayEquals(first, load(temp).train().image(0));
    }

    @Test
    void ofACompressedFileAndItsContentOneIsRead() throws IOException {
        Path compressed = folder.resolve("train-images-idx3-ubyte.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed))) {
            Files.copy(in, folder.resolve("train-images-idx3-ubyte"));
        }
        Files.write(compressed, new byte[3]);
        assertEquals(6, load(temp).train().size());
    }

    @Test
    void twoDataSetsBelowAFolderAreNotMixed() throws IOException {
        Path other = Files.createDirectories(temp.resolve("FashionMNIST/raw"));
        Files.copy(folder.resolve("t10k-labels-idx1-ubyte"), other.resolve("t10k-labels-idx1-ubyte"));
        assertTrue(
                failure().endsWith("name the directory of one data set, or one with links to its four files"),
                failure());
    }

    @ParameterizedTest
    @CsvSource({
        "3, 9, begins with 0x809",
        "7, 7, ends after 6 of 7 elements",
        "7, 5, goes on after 5 elements",
        "4, -1, which is not in it",
        "5, 1, which is not in it"
    })
    void wrongHeadersAreNamed(int place, int value, String expected) throws IOException {
        Path file = folder.resolve("train-labels-idx1-ubyte");
        byte[] bytes = Files.readAllBytes(file);
        bytes[place] = (byte) value;
        Files.write(file, bytes);
        assertTrue(failure().startsWith(file + ": not a readable IDX file ("), failure());
        assertTrue(failure().contains(expected), failure());
    }

    @Test
    void filesThatEndEarlyOrAreMissingAreNamed() throws IOException {
        Path file = folder.resolve("t10k-images-idx3-ubyte.gz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertTrue(failure().startsWith(file + ": not a readable IDX file ("), failure());
        Files.delete(file);
        assertEquals(
                temp + ": no t10k-images-idx3-ubyte or .gz in it; a data set in IDX files needs train and t10k, images"
                        + " and labels",
                failure());
    }

    @Test
    void labelsMustBeAsManyAsImages() throws IOException {
        Path labels = folder.resolve("train-labels-idx1-ubyte");
        Files.copy(folder.resolve("t10k-labels-idx1-ubyte"), labels, StandardCopyOption.REPLACE_EXISTING);
        assertTrue(failure().startsWith(labels + ": 3 labels for the 6 images"), failure());
    }
}
