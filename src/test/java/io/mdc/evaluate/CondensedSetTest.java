package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.Seeds;
import io.mdc.batch.ImageSource;
import io.mdc.data.Normalization;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CondensedSetTest {
    private static final int[] SHAPE = {4, 1, 2, 2};

    @TempDir
    private Path folder;

    private static float[] images() {
        float[] images = new float[16];
        for (int i = 0; i < images.length; i++) {
            images[i] = i / 16f;
        }
        return images;
    }

    private static NumpyArchive archive(float[] images, int[] shape, long... labels) {
        return new NumpyArchive()
                .put("images", NumpyArray.of(images, shape))
                .put("labels", NumpyArray.of(labels, labels.length))
                .put("factor", NumpyArray.of(new long[] {1}));
    }

    private String refusal(NumpyArchive archive) throws IOException {
        Path file = folder.resolve("set.npz");
        archive.write(file);
        String message =
                assertThrows(DataException.class, () -> CondensedSet.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": not a readable condensed set: "), message);
        return message.substring(message.lastIndexOf("set: ") + 5);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("set.npz");
        CondensedSet set = TinyEvaluation.set();
        set.write(file);
        CondensedSet read = CondensedSet.read(file);
        assertEquals(
                "3 3 2 3 8 8",
                read.classes() + " " + read.ipc() + " " + read.factor() + " " + read.channels() + " " + read.height()
                        + " " + read.width());
        assertArrayEquals(
                set.images(TestBackends.HOST).toFloats(),
                read.images(TestBackends.HOST).toFloats());
    }

    @Test
    void theFileHasRoundedBytesAndLabelsInClassOrder() throws IOException {
        float[] images = images();
        images[0] = -0.2f;
        images[1] = 1.2f;
        images[2] = 0.5f;
        Path file = folder.resolve("set.npz");
        new CondensedSet(images, SHAPE, 2, 1).write(file);
        NumpyArchive archive = NumpyArchive.read(file);
        assertEquals(NumpyArray.of(images, SHAPE), archive.get("images"));
        double[] bytes = archive.get("images_uint8").toDoubles();
        assertArrayEquals(new double[] {0, 255, 128, 48}, new double[] {bytes[0], bytes[1], bytes[2], bytes[3]});
        assertEquals(NumpyArray.of(new long[] {0, 0, 1, 1}, 4), archive.get("labels"));
        assertEquals(NumpyArray.of(new long[] {1}), archive.get("factor"));
    }

    @Test
    void arraysAreCopied() {
        float[] images = images();
        int[] shape = SHAPE.clone();
        CondensedSet set = new CondensedSet(images, shape, 2, 1);
        images[5] = 0.75f;
        shape[2] = 1;
        assertEquals(5 / 16f, set.pixel(1, 0, 0, 1));
        assertEquals(2, set.height());
    }

    /** All training images as they are decoded, in order. */
    private static List<String> decoded(CondensedSet set) {
        ImageSource images = set.trainingImages(TestBackends.HOST, Normalization.identity(3));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Tensor one = TestBackends.HOST.zeros(1, 3, set.height(), set.width());
            images.load(new int[] {i}, one);
            all.add(images.label(i) + Arrays.toString(one.toFloats()));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void tilesThatChangePlacesAreDecodedAsBefore(int factor) {
        CondensedSet set = TinyEvaluation.set(factor);
        int perClass = set.trainingImagesPerClass();
        SplittableRandom random = new SplittableRandom(factor);
        List<Integer> tiles = IntStream.range(0, set.classes())
                .boxed()
                .flatMap(label ->
                        Arrays.stream(Seeds.permutation(random, perClass)).mapToObj(tile -> label * perClass + tile))
                .toList();
        List<String> before = decoded(set);
        List<String> after = decoded(set.rearranged(tiles));
        assertEquals(tiles.stream().map(before::get).toList(), after);
        assertEquals(new HashSet<>(before), new HashSet<>(after));
        assertEquals(before.size(), new HashSet<>(before).size());
    }

    @Test
    void tilesOfDifferentSizesStayWhereTheyAre() {
        CondensedSet set = TinyEvaluation.set(3);
        assertFalse(set.hasEqualTiles());
        List<Integer> all = IntStream.range(0, 81).boxed().toList();
        assertThrows(IllegalArgumentException.class, () -> set.rearranged(all));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,1,2", "0,1,2,2", "0,2,1,3", "1,0,3,4", "0,1,2,3,3"})
    void anOrderThatLeavesOutOrMovesToAnotherClassIsRefused(String tiles) {
        CondensedSet set = new CondensedSet(images(), SHAPE, 2, 1);
        List<Integer> order =
                Arrays.stream(tiles.split(",")).map(Integer::valueOf).toList();
        assertThrows(IllegalArgumentException.class, () -> set.rearranged(order));
    }

    @Test
    void pixelsAreRowMajor() {
        CondensedSet set = new CondensedSet(images(), new int[] {2, 2, 1, 4}, 1, 1);
        assertEquals(8 / 16f, set.pixel(1, 0, 0, 0));
        assertEquals(14 / 16f, set.pixel(1, 1, 0, 2));
    }

    @ParameterizedTest
    @CsvSource({"4,1,2,3,2,1", "3,1,2,2,2,1", "0,1,2,2,1,1", "4,1,2,2,3,1", "4,1,2,2,0,1", "4,1,2,2,2,0", "4,1,2,2,2,3"
    })
    void sizesThatDoNotFitAreRefused(int images, int channels, int height, int width, int classes, int factor) {
        int[] shape = {images, channels, height, width};
        float[] values = images == 0 ? new float[0] : images();
        assertThrows(IllegalArgumentException.class, () -> new CondensedSet(values, shape, classes, factor));
    }

    @Test
    void aMissingFileSaysWhatToDo() {
        Path file = folder.resolve("none.npz");
        assertEquals(
                file + ": no such file; a finished run has one, mdc condense --resume finishes a run",
                assertThrows(DataException.class, () -> CondensedSet.read(file)).getMessage());
    }

    @Test
    void filesThatAreNoCondensedSetAreRefusedWithTheReason() throws IOException {
        assertEquals("labels that are not in class order", refusal(archive(images(), SHAPE, 0, 1, 0, 1)));
        assertEquals("labels that are not in class order", refusal(archive(images(), SHAPE, 1, 1, 0, 0)));
        assertEquals("3 labels of 4 images", refusal(archive(images(), SHAPE, 0, 1, 1)));
        assertEquals("images of shape [4, 4]", refusal(archive(images(), new int[] {4, 4}, 0, 0, 1, 1)));
        assertEquals("4 images of 3 classes", refusal(archive(images(), SHAPE, 0, 0, 1, 2)));
        float[] nan = images();
        nan[3] = Float.NaN;
        assertEquals("a pixel is NaN", refusal(archive(nan, SHAPE, 0, 0, 1, 1)));
        assertEquals(
                "labels that are not in class order",
                refusal(archive(images(), SHAPE, 0, 0, 1, 1)
                        .put("labels", NumpyArray.of(new double[] {0, 0.5, 1, 1.5}, 4))));
        assertEquals(
                "factor 1.9 is not a whole number",
                refusal(archive(images(), SHAPE, 0, 0, 1, 1).put("factor", NumpyArray.of(new double[] {1.9}))));
        assertEquals("no array 'labels'", refusal(new NumpyArchive().put("images", NumpyArray.of(images(), SHAPE))));
        assertEquals(
                "factor 0 for images of 2x2",
                refusal(archive(images(), SHAPE, 0, 0, 1, 1).put("factor", NumpyArray.of(new long[] {0}))));
        assertEquals(
                "array of FLOAT64 where FLOAT32 is needed",
                refusal(archive(images(), SHAPE, 0, 0, 1, 1).put("images", NumpyArray.of(new double[16], SHAPE))));
    }

    @Test
    void damageIsNoticed() throws IOException {
        Path file = folder.resolve("set.npz");
        TinyEvaluation.set().write(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        String message =
                assertThrows(DataException.class, () -> CondensedSet.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": not a readable condensed set: "), message);
    }
}
