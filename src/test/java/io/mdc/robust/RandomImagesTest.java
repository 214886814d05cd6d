package io.mdc.robust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.batch.ImageSource;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomImagesTest {
    private static final int IMAGES = 40;

    /** One-pixel images of two classes in turn, each with its number as its value. */
    private static Dataset dataset() {
        byte[] pixels = new byte[IMAGES];
        int[] labels = new int[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            pixels[i] = (byte) i;
            labels[i] = i % 2;
        }
        ImageSet set = new ImageSet(pixels, labels, 2, 1, 1, 1);
        return new Dataset("numbers", List.of("even", "odd"), set, set, Normalization.identity(1), List.of());
    }

    private static List<Integer> drawn(int size, int repeat, long seed) {
        ImageSource images = new RandomImages(dataset(), TestBackends.HOST, 4, seed).of(size, repeat);
        Tensor pixels = TestBackends.HOST.zeros(images.size(), 1, 1, 1);
        images.load(IntStream.range(0, images.size()).toArray(), pixels);
        List<Integer> numbers = IntStream.range(0, images.size())
                .mapToObj(i -> Math.round(255 * pixels.toFloats()[i]))
                .toList();
        assertEquals(
                numbers.stream().map(number -> number % 2).toList(),
                IntStream.range(0, images.size()).mapToObj(images::label).toList());
        return numbers;
    }

    @Test
    void aDrawHasAsManyDistinctImagesOfEveryClassAsThePrefixHasTiles() {
        List<Integer> numbers = drawn(2, 0, 1);
        assertEquals(16, numbers.stream().distinct().count());
        assertArrayEquals(new long[] {8, 8}, new long[] {
            numbers.stream().filter(number -> number % 2 == 0).count(),
            numbers.stream().filter(number -> number % 2 == 1).count()
        });
    }

    @Test
    void aDrawDependsOnSeedSizeAndNumberAlone() {
        assertEquals(drawn(2, 1, 1), drawn(2, 1, 1));
        assertNotEquals(drawn(2, 0, 1), drawn(2, 1, 1));
        assertNotEquals(drawn(2, 0, 1), drawn(2, 0, 2));
        assertNotEquals(drawn(1, 0, 1), drawn(2, 0, 1).subList(0, 8));
    }

    @Test
    void aSizeThatAClassHasTooFewImagesForIsRefused() {
        assertEquals(40, drawn(5, 0, 1).size());
        assertEquals(
                "--sizes 6: needs 24 random real images of every class, and even has 20",
                assertThrows(ConfigException.class, () -> drawn(6, 0, 1)).getMessage());
    }
}
