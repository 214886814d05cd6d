package io.mdc.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.ConfigException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each format writes, byte by byte or by readers of others. */
class FormatTest {
    @TempDir
    private Path folder;

    private Path written(Format format, ExportedImages images) throws IOException {
        Path place = folder.resolve("out");
        if (format.writer().isDirectory()) {
            Files.createDirectory(place);
        }
        format.writer().requireFits(images);
        format.writer().write(images, place);
        return place;
    }

    private static String refusal(Format format, ExportedImages images) {
        return assertThrows(ConfigException.class, () -> format.writer().requireFits(images))
                .getMessage();
    }

    @Test
    void npzHasFloatsLabelsAndNames() throws IOException {
        ExportedImages images = TinyExport.images();
        Path file = written(Format.NPZ, images);
        assertEquals("[images, labels, classes]", NumpyArchive.names(file).toString());
        NumpyArchive archive = NumpyArchive.read(file, Set.of("images", "labels"));
        assertArrayEquals(images.values(), archive.get("images").toFloats());
        assertArrayEquals(images.shape(), archive.get("images").shape());
        assertEquals(NumpyArray.Type.INT64, archive.get("labels").type());
        assertEquals(
                "[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]",
                Arrays.toString(archive.get("labels").toDoubles()));
    }

    @Test
    void npyAreTwoArrays() throws IOException {
        ExportedImages images = TinyExport.images();
        Path place = written(Format.NPY, images);
        try (InputStream in = Files.newInputStream(place.resolve("images.npy"));
                InputStream labels = Files.newInputStream(place.resolve("labels.npy"))) {
            NumpyArray array = NumpyArray.read(in);
            assertArrayEquals(images.values(), array.toFloats());
            assertArrayEquals(images.shape(), array.shape());
            assertEquals(8, NumpyArray.read(labels).length());
        }
    }

    @Test
    void ptHasAlignedUncompressedEntriesOfLittleEndianNumbers() throws IOException {
        ExportedImages images = TinyExport.images();
        Path file = written(Format.PT, images);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertEquals(
                    "[archive/data.pkl, archive/byteorder, archive/data/0, archive/data/1, archive/version]",
                    entries.stream().map(ZipEntry::getName).toList().toString());
            int at = 0;
            for (ZipEntry entry : entries) {
                assertEquals(0x04034b50, bytes.getInt(at), entry.getName());
                assertEquals(ZipEntry.STORED, bytes.getShort(at + 8));
                int start = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
                assertEquals(0, start % 64, entry.getName());
                at = start + (int) entry.getSize();
            }
            assertEquals("little", text(zip, "byteorder"));
            assertEquals("3\n", text(zip, "version"));
            ByteBuffer elements = ByteBuffer.wrap(content(zip, "data/0")).order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[images.values().length];
            elements.asFloatBuffer().get(values);
            assertArrayEquals(images.values(), values);
            assertEquals(
                    1,
                    ByteBuffer.wrap(content(zip, "data/1"))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong(32));
        }
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry("archive/" + name))) {
            return in.readAllBytes();
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(content(zip, name), StandardCharsets.ISO_8859_1);
    }

    @Test
    void cifarRecordsAreALabelAndThreePlanes() throws IOException {
        ExportedImages images = TinyExport.images();
        byte[] bytes = Files.readAllBytes(written(Format.CIFAR_BINARY, images));
        assertEquals(8 * 3073, bytes.length);
        for (int i = 0; i < 8; i++) {
            assertEquals(i / 4, bytes[i * 3073]);
            for (int k : new int[] {0, 1024, 3071}) {
                assertEquals(Math.round(255 * images.values()[i * 3072 + k]), bytes[i * 3073 + 1 + k] & 0xff);
            }
        }
    }

    @Test
    void cifarRecordsOfOtherShapesOrTooManyClassesAreRefused() {
        assertEquals(
                "--format cifar-binary: takes images 3x32x32 of at most 256 classes; these are 3x8x8 of 2",
                refusal(Format.CIFAR_BINARY, TinyExport.images(TinyExport.set(3, 8, 1), 1, ImageKind.STORED)));
        List<String> names = IntStream.range(0, 257).mapToObj(i -> "c" + i).toList();
        ExportedImages many = new ExportedImages(new float[257 * 3072], new int[] {257, 3, 32, 32}, 257, names);
        assertEquals(
                "--format cifar-binary: takes images 3x32x32 of at most 256 classes; these are 3x32x32 of 257",
                refusal(Format.CIFAR_BINARY, many));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void picturesAreNumberedInTheirClassAndReadByOthers(int channels) throws IOException {
        ExportedImages images = TinyExport.images(TinyExport.set(channels, 6, 2), 2, ImageKind.TRAINING);
        Path place = written(Format.FOLDER, images);
        int[] next = new int[2];
        for (int i = 0; i < images.count(); i++) {
            int label = images.label(i);
            Path file = place.resolve("train/" + TinyExport.NAMES.get(label))
                    .resolve(String.format(Locale.ROOT, "%05d.png", next[label]++));
            BufferedImage picture = ImageIO.read(file.toFile());
            assertEquals(6, picture.getWidth());
            byte[] bytes = images.bytes(i);
            for (int c = 0; c < channels; c++) {
                assertEquals(bytes[c * 36 + 13] & 0xff, picture.getRaster().getSample(1, 2, c), file + " channel " + c);
            }
        }
        assertEquals(8, next[0]);
    }

    @Test
    void picturesOfTwoChannelsOrClassesWithoutADirectoryAreRefused() {
        assertEquals(
                "--format folder: takes images of 1 or 3 channels; these have 2",
                refusal(Format.FOLDER, TinyExport.images(TinyExport.set(2, 4, 1), 1, ImageKind.STORED)));
        for (String name :
                List.of("..", ".", "a/b", "/tmp/a\u2028", "\u2028/../../a", "a\n/b", "a\nb", "a\\b", "", "ant")) {
            ExportedImages images = new ExportedImages(new float[2], new int[] {2, 1, 1, 1}, 2, List.of("ant", name));
            String refusal = refusal(Format.FOLDER, images);
            assertTrue(refusal.startsWith("--format folder: needs a name for each class that a directory"), refusal);
        }
    }

    @Test
    void theSameImagesGiveTheSameBytes() throws IOException {
        for (Format format : List.of(Format.NPZ, Format.PT, Format.CIFAR_BINARY)) {
            Path one = folder.resolve("one" + format);
            Path two = folder.resolve("two" + format);
            format.writer().write(TinyExport.images(), one);
            format.writer().write(TinyExport.images(), two);
            assertEquals(-1, Files.mismatch(one, two), format.toString());
        }
    }
}
