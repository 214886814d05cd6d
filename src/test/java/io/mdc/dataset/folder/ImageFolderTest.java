package io.mdc.dataset.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.Fixtures;
import io.mdc.numpy.NumpyArchive;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Folders of images against the files of reference writers. */
class ImageFolderTest extends Fixtures {
    private static final int TREE_SIZE = 16;

    private static List<Integer> labels(ImageSet set) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            labels.add(set.label(i));
        }
        return labels;
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

    /** Their shorter sides are from 20 to 40 pixels. */
    @Test
    void thatMostImagesAreEnlargedIsToldAsTheyAreDecoded() {
        ListAppender<ILoggingEvent> notes = new ListAppender<>();
        notes.start();
        Logger log = (Logger) LoggerFactory.getLogger(DecodedImages.class);
        log.addAppender(notes);
        try {
            for (int size : new int[] {8, 64, 64}) {
                ImageFolder.own().load(request(resource("tree"), OptionalInt.of(size), List.of(), false));
            }
        } finally {
            log.detachAppender(notes);
        }
        assertEquals(
                List.of(resource("tree")
                        + ": most images are smaller than 64 pixels and are enlarged; the median is 26,"
                        + " and --size 26 enlarges fewer than half"),
                notes.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
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
        Folders.copy(resource("tree"), tree);
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
        assertEquals(3, Folders.files(temp.resolve("cache")).size(), "nothing is left of the damaged");
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
        Folders.copy(resource("tree"), tree);
        Path empty = Files.createFile(tree.resolve("train/a/empty.png"));
        LoadRequest strict = request(tree, OptionalInt.of(8), List.of(), false);
        assertTrue(failure(ImageFolder.own(), strict).startsWith(empty + ": cannot be read as an image"));
        assertEquals(List.of(), Folders.files(temp.resolve("cache")));
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
            Folders.copy(resource("tree"), tree);
            for (Path image : Folders.files(tree.resolve(split).resolve("b class"))) {
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
        Folders.copy(resource("tree"), tree);
        List<Path> images = Folders.files(tree.resolve("val"));
        Path folder = Files.createDirectory(tree.resolve("val/images"));
        for (int i = 0; i < images.size(); i++) {
            String name = images.get(i).getFileName().toString();
            Files.move(images.get(i), folder.resolve(i + name.substring(name.lastIndexOf('.'))));
        }
        List<String> names = Folders.files(folder).stream()
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
        Folders.copy(resource("tree"), tree);
        Path extra = Files.createDirectory(tree.resolve("train/c"));
        assertTrue(failure(ImageFolder.own(), request(tree)).startsWith(tree.resolve("val/c") + ": no such folder"));
        Files.createDirectory(tree.resolve("val/c"));
        assertTrue(failure(ImageFolder.own(), request(tree))
                .equals(extra + ": no images in it, but nothing; each class needs some: add them, or name the"
                        + " other classes with --classes"));
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
}
