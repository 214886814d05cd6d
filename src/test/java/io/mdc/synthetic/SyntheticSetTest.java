package io.mdc.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.tensor.Backend;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The set and the batches decoded from it. */
class SyntheticSetTest {
    @Test
    void imagesAreClassMajorAndShared() {
        Backend backend = TestBackends.HOST;
        SyntheticSet set = new SyntheticSet(backend, 3, 2, new int[] {1, 2, 2});
        assertArrayEquals(new int[] {6, 1, 2, 2}, set.images().shape());
        backend.vectors().fill(set.ofClass(1), 5);
        double[] values = set.images().toDoubles();
        for (int i = 0; i < 24; i++) {
            assertEquals(i / 8 == 1 ? 5 : 0, values[i]);
        }
        assertEquals(3, set.classes());
        assertEquals(2, set.ipc());
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void clampLimitsToZeroAndOne(Backend backend) {
        SyntheticSet set = new SyntheticSet(backend, 1, 1, new int[] {1, 2, 2});
        set.images().set(new double[] {-0.5, 0.25, 1, 1.5});
        set.clamp();
        assertArrayEquals(new double[] {0, 0.25, 1, 1}, set.images().toDoubles());
    }

    @Test
    void allDecodedImagesTakePartIfTheyFit() {
        List<Tile> all = new MultiFormation(2, 8, 8).full(3);
        DecodedBatch batch = DecodedBatch.draw(all, 12, new SplittableRandom(1));
        assertEquals(all, batch.tiles());
        for (int stored = 0; stored <= 3; stored++) {
            assertEquals(4 * stored, batch.prefix(stored));
        }
    }

    @ParameterizedTest
    @CsvSource({"3,2,7", "5,3,20", "10,1,3", "2,2,1"})
    void tooManyAreSampledWithoutReplacementInOrder(int ipc, int factor, int most) {
        SplittableRandom random = new SplittableRandom(2);
        int tiles = factor * factor;
        List<Tile> all = new MultiFormation(factor, 8, 8).full(ipc);
        int[] times = new int[ipc * tiles];
        for (int draw = 0; draw < 400; draw++) {
            DecodedBatch batch = DecodedBatch.draw(all, most, random);
            int[] numbers = batch.tiles().stream().mapToInt(all::indexOf).toArray();
            assertEquals(most, numbers.length);
            assertArrayEquals(Arrays.stream(numbers).distinct().sorted().toArray(), numbers);
            for (int stored = 0; stored <= ipc; stored++) {
                int first = stored * tiles;
                assertEquals(
                        Arrays.stream(numbers).filter(n -> n < first).count(),
                        batch.prefix(stored),
                        "prefix " + stored);
            }
            Arrays.stream(numbers).forEach(n -> times[n]++);
        }
        double expected = 400.0 * most / times.length;
        for (int n = 0; n < times.length; n++) {
            assertEquals(expected, times[n], 6 * Math.sqrt(expected), "decoded image " + n);
        }
    }

    @Test
    void aPrefixWithoutImagesInTheBatchIsEmpty() {
        DecodedBatch batch = new DecodedBatch(List.of(new Tile(1, 2, 1), new Tile(1, 2, 2), new Tile(2, 2, 3)));
        assertEquals(0, batch.prefix(0));
        assertEquals(0, batch.prefix(1));
        assertEquals(2, batch.prefix(2));
        assertEquals(3, batch.prefix(3));
    }
}
