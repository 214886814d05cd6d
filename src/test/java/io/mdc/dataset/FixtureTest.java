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
import io.mdc.data.DatasetSource;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.ConfigException;
import io.mdc.testing.Programs;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Readers against files that each format's reference writer made: {@code scripts/fixtures/make.py} with Python's
 * pickle, NumPy, SciPy and Pillow.
 */
class FixtureTest {
    private static final int TREE_SIZE = 16;

    @TempDir
    private Path temp;

    /** What make.py gave the writers. */
    private static byte pixel(int seed, int n, int c, int y, int x) {
        return (byte) (seed * 7 + n * 131 + c * 61 + y * 17 + x * 5 + (x * y + n * c) * 3);
    }

    private static void assertPixels(ImageSet set, int image, int seed, int n) {
        byte[] bytes = set.image(image);
        int side = set.height();
        for (int i = 0; i < bytes.length; i++) {
            int y = i / side % side;
            assertEquals(pixel(seed, n, i / side / side, y, i % side), bytes[i], "image " + image + ", byte " + i);
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(FixtureTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private LoadRequest request(Path directory) {
        return request(directory, OptionalInt.empty(), List.of(), false);
    }

    private LoadRequest request(Path directory, OptionalInt size, List<String> classes, boolean skip) {
        return new LoadRequest(
                Optional.of(directory), size, classes, skip, 0, temp.resolve("cache"), 2, (done, all) -> {});
    }

    private String failure(DatasetSource source, LoadRequest request) {
        String message =
                assertThrows(DataException.class, () -> source.load(request)).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(path)) {
                    Files.copy(path, target);
                }
            }
        }
    }

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
        copyTree(Path.of(data.sources().get(0).path()).getParent(), folder);
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
        assertEquals(List.of(), Archives.files(temp.resolve("cache")));
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
        copyTree(resource("svhn"), folder);
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

    @Test
    void picturesAreResizedAndCroppedAsPillowDoes() throws IOException {
        Dataset data = ImageFolder.own().load(request(resource("tree"), OptionalInt.of(TREE_SIZE), List.of(), false));
        assertEquals(List.of("a", "b class"), data.classNames());
        NumpyArchive expected = NumpyArchive.read(resource("tree-expected.npz"));
        List<String> train = List.of("grey", "palette", "rgb", "alpha", "exact");
        List<String> test = List.of("pale", "tall", "cmyk", "deep", "enlarged");
        for (int i = 0; i < 5; i++) {
            // Pillow rounds to bytes between rows and columns; JPEG decoders may differ by a little.
            assertNear(expected, train.get(i), data.train().image(i), 1);
            assertNear(expected, test.get(i), data.test().image(i), i < 2 ? 3 : 1);
        }
        assertArrayEquals(expected.get("exact").toBytes(), data.train().image(4));
        assertEquals(List.of(0, 0, 0, 1, 1), labels(data.train()));
    }

    private static List<Integer> labels(ImageSet set) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            labels.add(set.label(i));
        }
        return labels;
    }

    private static void assertNear(NumpyArchive expected, String name, byte[] actual, int tolerance)
            throws IOException {
        byte[] wanted = expected.get(name).toBytes();
        for (int i = 0; i < wanted.length; i++) {
            int difference = Math.abs((wanted[i] & 255) - (actual[i] & 255));
            assertTrue(difference <= tolerance, name + " differs by " + difference + " in byte " + i);
        }
    }

    @Test
    void aTreeIsDecodedOnceAndAgainWhenAFileChanges() throws IOException {
        Path tree = temp.resolve("own images");
        copyTree(resource("tree"), tree);
        List<Long> counts = new ArrayList<>();
        LoadRequest request = new LoadRequest(
                Optional.of(tree),
                OptionalInt.of(8),
                List.of(),
                false,
                0,
                temp.resolve("cache"),
                1,
                (done, all) -> counts.add(all));
        ImageFolder.own().load(request);
        assertEquals(10, counts.size());
        assertEquals(10, counts.get(0));
        ImageFolder.own().load(request);
        assertEquals(10, counts.size());
        Files.copy(tree.resolve("train/a/rgb.png"), tree.resolve("train/a/new.png"));
        assertEquals(6, ImageFolder.own().load(request).train().size());
        assertEquals(21, counts.size());
    }

    /** Of five images of 16 pixels, three quarters are lost, as a disk may lose blocks; or all, or the labels. */
    @Test
    void decodedImagesThatWereDamagedAreDecodedAnew() throws IOException {
        LoadRequest request = request(resource("tree"), OptionalInt.of(TREE_SIZE), List.of(), false);
        ImageFolder.own().load(request);
        Dataset whole = ImageFolder.own()
                .load(new LoadRequest(
                        request.directory(),
                        request.size(),
                        List.of(),
                        false,
                        0,
                        temp.resolve("other cache"),
                        2,
                        (done, all) -> {}));
        for (String name : List.of("train.bin", "test.bin", "index.npz")) {
            for (double kept : new double[] {0.25, 0}) {
                Path file = decoded().resolve(name);
                byte[] content = Files.readAllBytes(file);
                Arrays.fill(content, (int) (kept * content.length), content.length, (byte) 0);
                Files.write(file, content);
                Files.setLastModifiedTime(file, FileTime.fromMillis((long) (kept * 1000)));
                assertSame(whole, ImageFolder.own().load(request));
            }
            Files.delete(decoded().resolve(name));
            assertSame(whole, ImageFolder.own().load(request));
        }
        assertEquals(3, Archives.files(temp.resolve("cache")).size(), "nothing is left of the damaged");
    }

    private Path decoded() throws IOException {
        try (Stream<Path> folders = Files.list(temp.resolve("cache/decoded"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    private static void assertSame(Dataset expected, Dataset actual) {
        assertEquals(expected.sources(), actual.sources());
        assertEquals(labels(expected.train()), labels(actual.train()));
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(expected.train().image(i), actual.train().image(i));
            assertArrayEquals(expected.test().image(i), actual.test().image(i));
        }
    }

    @Test
    void classesCanBeChosen() {
        LoadRequest request = request(resource("tree"), OptionalInt.of(8), List.of("b class"), false);
        Dataset data = ImageFolder.own().load(request);
        assertEquals(List.of("b class"), data.classNames());
        assertEquals(2, data.train().size());
        assertTrue(failure(ImageFolder.imageNet10(), request(resource("tree"))).contains("n02869837: no such folder"));
    }

    @Test
    void badImagesAreNamedOrSkippedAndCounted() throws IOException {
        Path tree = temp.resolve("tree");
        copyTree(resource("tree"), tree);
        Path empty = Files.createFile(tree.resolve("train/a/empty.png"));
        LoadRequest strict = request(tree, OptionalInt.of(8), List.of(), false);
        assertTrue(failure(ImageFolder.own(), strict).startsWith(empty + ": cannot be read as an image"));
        assertEquals(List.of(), Archives.files(temp.resolve("cache")));
        Files.write(tree.resolve("val/a/text.jpg"), "no image".getBytes(StandardCharsets.UTF_8));
        Dataset data = ImageFolder.own().load(request(tree, OptionalInt.of(8), List.of(), true));
        assertEquals(2, data.leftOut().badImages());
        assertEquals(5, data.train().size());
        assertEquals(List.of(0, 0, 0, 1, 1), labels(data.train()));
    }

    @Test
    void aClassOfWhichNoImageCanBeReadIsNamed() throws IOException {
        for (String split : List.of("train", "val")) {
            Path tree = temp.resolve(split + " damaged");
            copyTree(resource("tree"), tree);
            for (Path image : Archives.files(tree.resolve(split).resolve("b class"))) {
                Files.writeString(image, "no image");
            }
            assertEquals(
                    tree.resolve(split) + ": none of the " + (split.equals("train") ? "training" : "test")
                            + " images of class b class can be read; replace them, or name the other classes with"
                            + " --classes",
                    failure(ImageFolder.own(), request(tree, OptionalInt.of(8), List.of(), true)));
            Dataset rest = ImageFolder.own().load(request(tree, OptionalInt.of(8), List.of("a"), true));
            assertEquals(List.of("a"), rest.classNames());
        }
    }

    @Test
    void correctedAnnotationsGiveOtherLabelsToTheSameImages() throws IOException {
        Path tree = temp.resolve("tree");
        copyTree(resource("tree"), tree);
        List<Path> images = Archives.files(tree.resolve("val"));
        Path folder = Files.createDirectory(tree.resolve("val/images"));
        for (int i = 0; i < images.size(); i++) {
            String name = images.get(i).getFileName().toString();
            Files.move(images.get(i), folder.resolve(i + name.substring(name.lastIndexOf('.'))));
        }
        List<String> names = Archives.files(folder).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        for (int ofA : new int[] {2, 1}) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < names.size(); i++) {
                lines.append(names.get(i)).append(i < ofA ? "\ta\n" : "\tb class\n");
            }
            Files.writeString(tree.resolve("val/val_annotations.txt"), lines);
            Dataset data = ImageFolder.own().load(request(tree, OptionalInt.of(8), List.of(), false));
            assertEquals(ofA, data.test().indicesOfClass(0).length);
        }
    }

    @Test
    void treesWithMissingOrEmptyClassesAreRefused() throws IOException {
        Path tree = temp.resolve("tree");
        copyTree(resource("tree"), tree);
        Path extra = Files.createDirectory(tree.resolve("train/c"));
        assertTrue(failure(ImageFolder.own(), request(tree)).startsWith(tree.resolve("val/c") + ": no such folder"));
        Files.createDirectory(tree.resolve("val/c"));
        assertTrue(
                failure(ImageFolder.own(), request(tree)).startsWith(extra + ": no images in it, but nothing; each"));
        Files.delete(extra);
        assertTrue(failure(ImageFolder.own(), request(tree)).startsWith(extra + ": no such folder"));
    }

    @Test
    void aCacheThatCannotBeWrittenIsReported() throws IOException {
        Path file = Files.createFile(temp.resolve("cache"));
        String message = failure(ImageFolder.own(), request(resource("tree"), OptionalInt.of(8), List.of(), false));
        assertTrue(message.startsWith(file + ": the cache cannot be written"), message);
        assertTrue(message.contains("MDC_DATA_DIR"), message);
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
            copyTree(resource(name.toString()), temp.resolve("data"));
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
    }
}
