package io.mdc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private static final int CLASSES = 3;

    /** 21 images of one pixel, image i of class i mod 3. */
    private static ImageSet set() {
        return new ImageSet(
                new byte[21], IntStream.range(0, 21).map(i -> i % CLASSES).toArray(), CLASSES, 1, 1, 1);
    }

    private static int[] sorted(int[] values) {
        int[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -1, Long.MAX_VALUE})
    void everyEpochOfAClassHoldsEachOfItsImagesOnce(long seed) {
        ImageSet set = set();
        for (int label = 0; label < CLASSES; label++) {
            ClassSampler sampler = new ClassSampler(set, label, seed);
            for (long epoch : new long[] {0, 1, 2, 1_000_000_000_000L}) {
                assertArrayEquals(set.indicesOfClass(label), sorted(sampler.batch(epoch * 7, 7)));
            }
        }
    }

    @Test
    void everyEpochOfASetHoldsEachImageOnce() {
        ShuffledSampler sampler = new ShuffledSampler(21, 4);
        for (int epoch = 0; epoch < 5; epoch++) {
            assertArrayEquals(IntStream.range(0, 21).toArray(), sorted(sampler.batch(epoch * 21L, 21)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 20, 50})
    void theSequenceDoesNotDependOnTheSizeOfBatches(int count) {
        int[] whole = new ClassSampler(set(), 1, 9).batch(0, 100);
        ClassSampler sampler = new ClassSampler(set(), 1, 9);
        for (int position = 0; position + count <= 100; position += count) {
            assertArrayEquals(Arrays.copyOfRange(whole, position, position + count), sampler.batch(position, count));
        }
    }

    @Test
    void earlierPositionsCanBeAskedAgain() {
        ShuffledSampler sampler = new ShuffledSampler(10, 1);
        int[] first = sampler.batch(3, 25);
        sampler.batch(1000, 5);
        assertArrayEquals(first, sampler.batch(3, 25));
        assertArrayEquals(first, new ShuffledSampler(10, 1).batch(3, 25));
    }

    @Test
    void aBatchMayBeLargerThanTheClass() {
        int[] batch = new ClassSampler(set(), 2, 0).batch(0, 64);
        assertEquals(64, batch.length);
        for (int image : set().indicesOfClass(2)) {
            int times = (int) Arrays.stream(batch).filter(i -> i == image).count();
            assertEquals(64 / 7.0, times, 1, "image " + image);
        }
    }

    @Test
    void epochsSeedsAndClassesAreOrderedDifferently() {
        ShuffledSampler sampler = new ShuffledSampler(100, 0);
        assertFalse(Arrays.equals(sampler.batch(0, 100), sampler.batch(100, 100)));
        assertFalse(Arrays.equals(sampler.batch(0, 100), new ShuffledSampler(100, 1).batch(0, 100)));
        ImageSet set = new ImageSet(
                new byte[200], IntStream.range(0, 200).map(i -> i / 100).toArray(), 2, 1, 1, 1);
        int[] zero = new ClassSampler(set, 0, 0).batch(0, 100);
        int[] one = new ClassSampler(set, 1, 0).batch(0, 100);
        assertFalse(Arrays.equals(zero, Arrays.stream(one).map(i -> i - 100).toArray()));
    }

    @Test
    void anEmptyBatchIsFine() {
        assertEquals(0, new ShuffledSampler(10, 0).batch(5, 0).length);
    }

    @Test
    void refusesNegativePositionsAndCountsAndEmptyClasses() {
        ShuffledSampler sampler = new ShuffledSampler(10, 0);
        assertThrows(IllegalArgumentException.class, () -> sampler.batch(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> sampler.batch(0, -1));
        assertThrows(IllegalArgumentException.class, () -> new ShuffledSampler(0, 0));
        ImageSet oneClassEmpty = new ImageSet(new byte[1], new int[] {0}, 2, 1, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> new ClassSampler(oneClassEmpty, 1, 0));
    }
}
