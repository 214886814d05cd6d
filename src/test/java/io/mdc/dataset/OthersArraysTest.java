package io.mdc.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.testing.Allocations;
import io.mdc.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays as others save them: {@code npz-kinds.npz} holds the same six images and labels in many ways. */
class OthersArraysTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/mdc/dataset");

    @TempDir
    private Path folder;

    private static NumpyArray kind(String name) throws IOException {
        return NumpyArchive.read(RESOURCES.resolve("npz-kinds.npz"), Set.of(name))
                .get(name);
    }

    private Dataset load(NumpyArray images, NumpyArray labels) throws IOException {
        for (String split : List.of("train.npz", "test.npz")) {
            new NumpyArchive().put("images", images).put("labels", labels).write(folder.resolve(split));
        }
        return load(folder);
    }

    private static Dataset load(Path where) {
        return new NumpyFolder().load(LoadRequest.of(where));
    }

    private static String failure(Path where) {
        return assertThrows(DataException.class, () -> load(where)).getMessage();
    }

    private String failure(NumpyArray images, NumpyArray labels) {
        return assertThrows(DataException.class, () -> load(images, labels)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "nhwc", "unit", "unit32", "whole", "fortran", "int16"})
    void imagesOfAnyUnambiguousKindAreTheSameBytes(String name) throws IOException {
        Dataset data = load(kind(name), kind("labels"));
        assertArrayEquals(kind("bytes").toBytes(), Pictures.bytes(data.train()));
        assertEquals(3, data.train().channels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels", "big", "uint64", "uint32", "column", "onehot", "truth"})
    void labelsOfAnyUnambiguousKindAreTheSame(String name) throws IOException {
        Dataset data = load(kind("bytes"), kind(name));
        for (int i = 0; i < 6; i++) {
            assertEquals(i % 3, data.train().label(i));
        }
        assertEquals(3, data.classes());
    }

    @ParameterizedTest
    @CsvSource({"npz-medmnist,3", "npz-medmnist/pathmnist.npz,3", "npz-keras,1", "npz-keras/mnist.npz,1"})
    void oneFileOfBothSplitsIsReadByItsNames(String where, int channels) throws IOException {
        Dataset data = load(RESOURCES.resolve(where));
        byte[] all = kind("bytes").toBytes();
        int plane = 12 * 12;
        for (int i = 0; i < 6; i++) {
            byte[] image = data.train().image(i);
            for (int k = 0; k < channels * plane; k++) {
                assertEquals(all[i * 3 * plane + k], image[k]);
            }
            assertEquals(i % 3, data.train().label(i));
        }
        assertArrayEquals(data.train().image(2), data.test().image(2));
        assertEquals(channels, data.train().channels());
        assertEquals(List.of(3, 1), List.of(data.test().size(), data.sources().size()));
    }

    @Test
    void whatCannotBeToldIsNamedWithTheLineThatConvertsIt() throws IOException {
        String normalised = failure(kind("normalised"), kind("labels"));
        assertTrue(normalised.contains("images are float32 [6, 3, 12, 12] with a value of -0."), normalised);
        assertTrue(
                normalised.endsWith(
                        "needed are uint8 [n, C, H, W]; convert them with images = ((images - low) / (high -"
                                + " low) * 255).round().clip(0, 255).astype('uint8'), low and high being images.min() and"
                                + " images.max() of the training images: the same numbers for both files"),
                normalised);
        String flat = failure(NumpyArray.of(new byte[6 * 432], 6, 432), kind("labels"));
        assertTrue(flat.contains("images.reshape(-1, C, H, W)"), flat);
        String several = failure(kind("bytes"), kind("several"));
        assertTrue(several.contains("image 0 has 3 labels of 3, needed is one an image"), several);
        String soft = failure(kind("bytes"), NumpyArray.of(new double[] {.5, .5, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 6, 2));
        assertTrue(soft.contains("labels.argmax(1)"), soft);
    }

    @Test
    void valuesOfBothSplitsHaveOneScale() throws IOException {
        load(kind("unit"), kind("labels"));
        Path train = folder.resolve("train.npz");
        new NumpyArchive()
                .put("images", kind("bytes"))
                .put("labels", kind("labels"))
                .write(train);
        assertEquals(
                folder.resolve("test.npz") + ": values from 0 to 1, those of " + train
                        + " are from 0 to 255; save both as uint8",
                failure(folder));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 255, 1L << 30, Integer.MAX_VALUE})
    void aLabelFarBeyondTheImagesTakesNoMemory(long label) throws IOException {
        String message = failure(kind("bytes"), NumpyArray.of(new long[] {0, 1, 2, 3, 4, label}, 6));
        assertEquals(
                folder.resolve("train.npz") + ": no image has label 5; labels must be 0.." + label + " without gaps",
                message);
    }

    @Test
    void labelsFromOneAreTakenLessOne() throws IOException {
        Dataset data = load(kind("bytes"), NumpyArray.of(new long[] {1, 2, 3, 1, 2, 3}, 6));
        for (int i = 0; i < 6; i++) {
            assertEquals(i % 3, data.train().label(i));
            assertEquals(i % 3, data.test().label(i));
        }
        assertEquals(List.of("0", "1", "2"), data.classNames());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 3 4 2 3 4|2 3 4 2 3 4|train.npz: no image has label 0; labels must be 0..4 without gaps, subtract the"
                        + " least of them",
                "1 2 3 1 2 3|0 1 2 0 1 2|train.npz: no image has label 0; labels must be 0..3 without gaps, subtract the"
                        + " least of them",
                "1 2 4 1 2 4|1 2 4 1 2 4|train.npz: no image has label 3; labels must be 1..4 without gaps",
                "1 2 3 1 2 3|1 2 3 1 2 4|test.npz: image 5 has label 4, in TRAIN they are 1..3"
            })
    void otherLabelsThatAreNotFromZeroAreToldAsTheyAre(String train, String test, String expected) throws IOException {
        write("train.npz", train);
        write("test.npz", test);
        assertEquals(
                folder + "/"
                        + expected.replace("TRAIN", folder.resolve("train.npz").toString()),
                failure(folder));
    }

    private void write(String file, String labels) throws IOException {
        long[] numbers = Stream.of(labels.split(" ")).mapToLong(Long::parseLong).toArray();
        new NumpyArchive()
                .put("images", kind("bytes"))
                .put("labels", NumpyArray.of(numbers, numbers.length))
                .write(folder.resolve(file));
    }

    @Test
    void imagesAreSavedAsTheyAreWithOneCopyInMemory() throws Exception {
        int images = 1 << 12;
        int side = 64;
        ImageSet set = new ImageSet(new byte[images * side * side], new int[images], 1, 1, side, side);
        Dataset data = new Dataset("x", List.of("a"), set, set, Normalization.identity(1), List.of());
        long size = 2L * images * side * side;
        long taken = Allocations.of(() -> NumpyFolder.save(data, folder));
        assertTrue(taken < size + size / 4, taken + " bytes to save " + size);
    }

    @Test
    void otherNamesAreListed() throws IOException {
        new NumpyArchive().put("x", kind("bytes")).put("y", kind("labels")).write(folder.resolve("own.npz"));
        String one = failure(folder);
        assertTrue(one.startsWith(folder.resolve("own.npz") + ": holds x, y; one file with both splits needs"), one);
        Files.copy(folder.resolve("own.npz"), folder.resolve("train.npz"));
        String two = failure(folder);
        assertTrue(two.endsWith("it holds x, y, needed are images and labels"), two);
    }
}
