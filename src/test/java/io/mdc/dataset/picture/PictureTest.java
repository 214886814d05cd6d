package io.mdc.dataset.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Seeds;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every format and kind, made by {@code scripts/fixtures/formats.py}, against what Pillow reads. */
class PictureTest {
    private static final List<Double> CUTS = List.of(0.3, 0.5, 0.8, 0.95, 0.99);

    private static Path resource(String name) {
        try {
            return Path.of(PictureTest.class.getResource("../" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> files() throws IOException {
        try (ZipFile zip = new ZipFile(resource("formats.zip").toFile())) {
            return Collections.list(zip.entries()).stream()
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    private static byte[] file(String name) throws IOException {
        try (ZipFile zip = new ZipFile(resource("formats.zip").toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    private static Picture decode(byte[] file) throws IOException {
        return Picture.decode(file, (width, height) -> {});
    }

    private static Stream<String> kinds(String format) throws IOException {
        return files().stream().filter(name -> name.startsWith(format));
    }

    @ParameterizedTest
    @MethodSource("files")
    void samplesAreThoseThatPillowReads(String name) throws IOException {
        Picture picture = decode(file(name));
        NumpyArray expected =
                NumpyArchive.read(resource("formats-expected.npz")).get(name);
        assertArrayEquals(new int[] {3, picture.height(), picture.width()}, expected.shape());
        byte[] bytes = expected.toBytes();
        // Chroma of lossy WebP is repeated where Pillow's decoder interpolates it; all others are exact.
        int tolerance = name.startsWith("webp") && !name.contains("less") && !name.contains("palette") ? 10 : 0;
        int pixels = picture.height() * picture.width();
        for (int i = 0; i < bytes.length; i++) {
            assertEquals(
                    bytes[i] & 255, picture.planes()[i / pixels][i % pixels] & 255, tolerance, name + ", sample " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatIsCutOffIsRefusedUnlessAllPixelsAreThere(String name) throws IOException {
        byte[] whole = file(name);
        Picture complete = decode(whole);
        for (double cut : CUTS) {
            assertRefusedOrComplete(name, complete, Arrays.copyOf(whole, (int) (cut * whole.length)));
        }
        for (int missing = 1; missing <= 40; missing++) {
            assertRefusedOrComplete(name, complete, Arrays.copyOf(whole, whole.length - missing));
        }
    }

    private static void assertRefusedOrComplete(String name, Picture complete, byte[] part) {
        Picture picture;
        try {
            picture = decode(part);
        } catch (IOException e) {
            return;
        }
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(complete.planes()[c], picture.planes()[c], name + " cut to " + part.length + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-420.jpg", "jpeg-progressive.jpg", "jpeg-cmyk.jpg", "webp-lossless.webp"})
    void aFileThatIsCutOffSaysSo(String name) throws IOException {
        byte[] whole = file(name);
        // As Pillow does, refuses a JPEG file of which nothing but the end marker is missing.
        for (int bytes : new int[] {whole.length - 2, whole.length - 1, whole.length * 8 / 10}) {
            IOException e = assertThrows(IOException.class, () -> decode(Arrays.copyOf(whole, bytes)));
            assertTrue(e.getMessage().startsWith("cut off"), e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|Truncated File - Missing EOI marker",
                "true|Premature end of input file",
                "true|Corrupt JPEG data: premature end of data segment",
                "true|Corrupt JPEG data: bad Huffman code",
                "true|Corrupt JPEG data: found marker 0xd9 instead of RST3",
                "false|Corrupt JPEG data: 7 extraneous bytes before marker 0xd9",
                "false|Inconsistent progression sequence for component 0 coefficient 3",
                "false|Warning: unknown JFIF revision number 2.01",
                "false|Unexpected number of 'ICC_PROFILE' chunks: 1 of 2. Ignoring ICC profile.",
                "false|Exif chunk has no data."
            })
    void warningsOfMissingImageDataAreToldFromOthers(boolean missing, String warning) {
        assertEquals(missing, Decoder.tellsOfMissingData(warning));
    }

    @Test
    void bytesBetweenAndAfterTheSegmentsOfAJpegDoNoHarm() throws IOException {
        byte[] whole = file("jpeg-420.jpg");
        Picture complete = decode(whole);
        int end = whole.length - 2;
        byte[] padded = new byte[whole.length + 100];
        System.arraycopy(whole, 0, padded, 0, end);
        System.arraycopy(whole, end, padded, end + 5, 2);
        assertArrayEquals(complete.planes()[1], decode(padded).planes()[1]);
    }

    @ParameterizedTest
    @MethodSource("files")
    void permissionIsAskedForTheSizeAndCanBeRefused(String name) throws IOException {
        byte[] file = file(name);
        List<Integer> asked = new ArrayList<>();
        Picture picture = Picture.decode(file, (width, height) -> asked.addAll(List.of(width, height)));
        assertEquals(List.of(picture.width(), picture.height()), asked);
        IOException refusal = new IOException("no memory");
        assertSame(
                refusal,
                assertThrows(
                        IOException.class,
                        () -> Picture.decode(file, (width, height) -> {
                            throw refusal;
                        })));
    }

    @Test
    void theContentCountsAndNotTheEnding() throws IOException {
        String message = assertThrows(IOException.class, () -> decode("no image".getBytes(StandardCharsets.UTF_8)))
                .getMessage();
        assertTrue(message.startsWith("its content is of none of the formats jpg, "), message);
        assertThrows(IOException.class, () -> decode(new byte[0]));
        for (String name :
                List.of("a.jpg", "b.JPEG", "c.jfif", "d.x.PnG", "e.webp", "f.bmp", "g.tif", "h.TIFF", "i.gif")) {
            assertTrue(Picture.isNamed(name), name);
        }
        for (String name : List.of("jpg", "a.txt", "a.jpg.part", "a.", "")) {
            assertTrue(!Picture.isNamed(name), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "bmp", "gif", "tiff", "webp"})
    void damageEndsInAPictureOrInAnIoException(String format) throws IOException {
        RandomGenerator random = Seeds.generator(5, format);
        for (String name : kinds(format).toList()) {
            byte[] whole = file(name);
            for (int i = 0; i < 10; i++) {
                byte[] damaged = whole.clone();
                for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                try {
                    assertEquals(3, decode(damaged).planes().length);
                } catch (IOException expected) {
                    assertTrue(expected.getMessage() != null, name);
                }
            }
        }
    }
}
