package io.mdc.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.data.Dataset;
import io.mdc.data.DatasetSource;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.ConfigException;
import io.mdc.testing.Folders;
import io.mdc.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readers of archives and arrays against the files of reference writers. */
class FixtureTest extends Fixtures {
    @Test
    void readsPickledCifar10FromItsArchiveAndFromWhereItWasUnpacked() throws IOException {
        Dataset data = new Cifar10(10).load(request(resource("cifar-10-python.tar.gz")));
        for (int i = 0; i < 50; i++) {
            assertPixels(data.train(), i, i / 10, i % 10);
            assertEquals((i % 10 + i / 10) % 10, data.train().label(i));
        }
        for (int i = 0; i < 10; i++) {
            assertPixels(data.test(), i, 5, i);
        }
        assertEquals("class3", data.classNames().get(3));
        Path folder = temp.resolve("with space");
        Folders.copy(Path.of(data.sources().get(0).path()).getParent(), folder);
        assertArrayEquals(
                data.train().image(7),
                new Cifar10(10).load(request(folder)).train().image(7));
        Path holding = Files.createDirectory(temp.resolve("holding"));
        Files.copy(resource("cifar-10-python.tar.gz"), holding.resolve("cifar-10-python.tar.gz"));
        assertArrayEquals(
                data.train().image(7),
                new Cifar10(10).load(request(holding)).train().image(7));
    }

    @Test
    void readsPickledCifar100WithItsFineLabels() {
        Dataset data = new Cifar100(100, 100).load(request(resource("cifar-100-python.zip")));
        for (int i = 0; i < 100; i++) {
            assertPixels(data.train(), i, 0, i);
            assertEquals(i, data.train().label(i));
            assertPixels(data.test(), i, 1, i);
            assertEquals((i + 1) % 100, data.test().label(i));
        }
        assertEquals(100, data.classNames().size());
        assertEquals("worm", data.classNames().get(99));
    }

    @Test
    void readsBinaryCifar100WithTwoLabelBytes() throws IOException {
        for (String name : List.of("train.bin", "test.bin")) {
            byte[] bytes = new byte[100 * 3074];
            for (int i = 0; i < 100; i++) {
                bytes[i * 3074] = (byte) (i / 5);
                bytes[i * 3074 + 1] = (byte) i;
                bytes[i * 3074 + 2] = (byte) (i + 1);
                bytes[i * 3074 + 3073] = (byte) (i + 2);
            }
            Files.write(temp.resolve(name), bytes);
        }
        Dataset data = new Cifar100(100, 100).load(request(temp));
        assertEquals(42, data.train().label(42));
        assertEquals(43, data.train().image(42)[0]);
        assertEquals(44, data.train().image(42)[3071]);
    }

    @Test
    void aPickleThatNamesAClassIsRefused() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("evil"));
        Files.copy(resource("evil.pickle"), folder.resolve("data_batch_1"));
        String message = failure(new Cifar10(10), request(folder));
        assertTrue(message.contains("data_batch_1: not a pickle of images"), message);
        assertTrue(message.contains("the class or function pathlib.PosixPath"), message);
    }

    @Test
    void truncatedAndForeignArchivesLeaveNothingInTheCache() throws IOException {
        byte[] whole = Files.readAllBytes(resource("cifar-10-python.tar.gz"));
        Path cut = Files.write(temp.resolve("cut.tar.gz"), Arrays.copyOf(whole, whole.length / 2));
        Path foreign = Files.writeString(temp.resolve("foreign.zip"), "no archive");
        for (Path archive : List.of(cut, foreign)) {
            String message = failure(new Cifar10(10), request(archive));
            assertTrue(message.startsWith(archive + ": cannot be unpacked"), message);
        }
        assertEquals(List.of(), Folders.files(temp.resolve("cache")));
    }

    @Test
    void readsSvhnCompressedOrNotWithTenAsZero() {
        Dataset data = new Svhn().load(request(resource("svhn")));
        assertEquals(6, data.train().size());
        assertEquals(3, data.test().size());
        for (int i = 0; i < 6; i++) {
            assertPixels(data.train(), i, 6, i);
            assertEquals(((i + 3) % 10 + 1) % 10, data.train().label(i));
        }
        for (int i = 0; i < 3; i++) {
            assertPixels(data.test(), i, 3, i);
        }
    }

    @Test
    void damagedMatsAreRefused() throws IOException {
        Path folder = temp.resolve("svhn");
        Folders.copy(resource("svhn"), folder);
        Path train = folder.resolve("train_32x32.mat");
        byte[] whole = Files.readAllBytes(train);
        for (byte[] content :
                new byte[][] {Arrays.copyOf(whole, 3000), "no mat".getBytes(StandardCharsets.UTF_8), {}}) {
            Files.write(train, content);
            assertTrue(failure(new Svhn(), request(folder)).startsWith(train + ": not SVHN's MATLAB file"));
        }
        Files.delete(train);
        assertTrue(failure(new Svhn(), request(folder)).startsWith(train + ": no such readable file"));
    }

    @Test
    void readsNumpyArraysOfAnyIntegerLabels() {
        Dataset data = new NumpyFolder().load(request(resource("npz")));
        for (int i = 0; i < 8; i++) {
            assertPixels(data.train(), i, 1, i);
            assertEquals(i % 4, data.train().label(i));
        }
        assertPixels(data.test(), 3, 2, 3);
        assertEquals(4, data.classes());
        assertEquals(Normalization.of(data.train()), data.normalization());
    }

    @Test
    void unsuitableArraysAreRefused() throws IOException {
        Path train = temp.resolve("train.npz");
        Files.copy(resource("npz/test.npz"), temp.resolve("test.npz"));
        byte[] pixels = new byte[2 * 3 * 12 * 12];
        pixels[5] = 1;
        NumpyArray two = NumpyArray.of(pixels, 2, 3, 12, 12);
        check(train, two, new long[] {0, 2}, "no image has label 1");
        check(train, two, new long[] {0, -1}, "image 1 has label -1.0");
        check(train, two, new long[] {0}, "2 images and 1 labels");
        check(train, two, new long[] {0, 1}, "test.npz: image 2 has label 2");
        check(train, NumpyArray.of(pixels, 2, 3, 6, 24), new long[] {0, 1}, "6x24, needed are square");
        check(train, NumpyArray.of(pixels, 6, 144), new long[6], "needed are uint8 [n, C, H, W]");
        check(train, NumpyArray.of(pixels, 6, 1, 12, 12), new long[] {0, 1, 2, 3, 0, 1}, "as many channels");
    }

    private void check(Path file, NumpyArray images, long[] labels, String expected) throws IOException {
        new NumpyArchive()
                .put("images", images)
                .put("labels", NumpyArray.of(labels, labels.length))
                .write(file);
        String message = failure(new NumpyFolder(), request(temp));
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @CsvSource({"svhn,", "svhn,svhn/", "npz,", "npz,arrays/", "npz-keras,", "idx,", "idx,EMNIST/raw/"})
    void filesMayBeInAnArchive(String fixture, String top) throws IOException {
        DatasetSource source = new DatasetName(fixture.replaceFirst("-.*", "")).source();
        Path archive = temp.resolve("all.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file : Folders.files(resource(fixture))) {
                zip.putNextEntry(new ZipEntry((top == null ? "" : top) + file.getFileName()));
                Files.copy(file, zip);
            }
        }
        assertEquals(
                source.load(request(resource(fixture))).checksum(),
                source.load(request(archive)).checksum());
    }

    /** Nobody ever writes to such a pipe, so that whoever opens it waits for ever. */
    @ParameterizedTest
    @CsvSource({
        "npz,test.npz,no such readable file",
        "svhn,test_32x32.mat,no such readable file",
        "cifar10,cifar-10-batches-py/batches.meta,no such readable file",
        "idx,t10k-labels-idx1-ubyte,no t10k-labels-idx1-ubyte"
    })
    void aPipeInThePlaceOfAFileIsNamed(DatasetName name, String file, String expected) throws IOException {
        Path pipe = temp.resolve("data").resolve(file);
        if (name.equals(new DatasetName("cifar10"))) {
            Files.createDirectories(pipe.getParent());
        } else {
            Folders.copy(resource(name.toString()), temp.resolve("data"));
            Files.delete(pipe);
        }
        assumeTrue(Programs.run("mkfifo", pipe.toString()).isPresent());
        String message = assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> failure(name.source(), request(temp.resolve("data"))));
        assertTrue(
                message.contains(expected)
                        && message.startsWith(temp.resolve("data").toString()),
                message);
    }

    @Test
    void imageOptionsAreRefusedWhereImagesHaveOneSize() {
        LoadRequest request = request(resource("svhn"), OptionalInt.of(64), List.of(), false);
        assertEquals(
                "--size 64: is for images in folders; those of svhn have one size",
                assertThrows(ConfigException.class, () -> new Svhn().load(request))
                        .getMessage());
        LoadRequest holding = new LoadRequest(
                Optional.of(resource("svhn")), OptionalInt.empty(), List.of(), false, 5, temp, 1, (done, all) -> {});
        assertEquals(
                "--hold-out 5: is for images in folders; svhn has test images",
                assertThrows(ConfigException.class, () -> new Svhn().load(holding))
                        .getMessage());
        LoadRequest skipping = request(resource("svhn"), OptionalInt.empty(), List.of(), true);
        assertEquals(
                "--skip-bad-images true: is for images in folders; of svhn none can be left out",
                assertThrows(ConfigException.class, () -> new Svhn().load(skipping))
                        .getMessage());
    }
}
