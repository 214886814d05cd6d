package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.augment.Transform;
import io.mdc.batch.ImageSource;
import io.mdc.data.Normalization;
import io.mdc.synthetic.MultiFormation;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixImagesTest {
    private static final int IMAGE = 3 * TinyEvaluation.SIZE * TinyEvaluation.SIZE;
    private static final Normalization NORMALIZATION =
            new Normalization(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6));

    private static float[] load(ImageSource images, Backend backend, int... numbers) {
        Tensor out = backend.zeros(numbers.length, 3, TinyEvaluation.SIZE, TinyEvaluation.SIZE);
        images.load(numbers, out);
        return out.toFloats();
    }

    /** All training images of the prefix, class by class, by {@link MultiFormation} directly. */
    private static float[] decoded(CondensedSet set, int size, Backend backend) {
        MultiFormation formation = new MultiFormation(set.factor(), set.height(), set.width());
        int perClass = size * formation.tilesPerImage();
        Tensor all = backend.zeros(set.classes() * perClass, set.channels(), set.height(), set.width());
        for (int c = 0; c < set.classes(); c++) {
            formation.decode(
                    backend.images(),
                    set.images(backend).rows(c * set.ipc(), (c + 1) * set.ipc()),
                    formation.full(size),
                    all.rows(c * perClass, (c + 1) * perClass));
        }
        Transform.ChannelScale.of(NORMALIZATION).apply(backend.images(), all);
        return all.toFloats();
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void prefixesAreTheDecodedTilesOfTheFirstImagesOfEveryClass(Backend backend) {
        CondensedSet set = TinyEvaluation.set();
        PrefixImages whole = PrefixImages.whole(set, backend, NORMALIZATION);
        for (int size = 1; size <= set.ipc(); size++) {
            ImageSource prefix = whole.prefix(size);
            assertEquals(set.classes() * size * 4, prefix.size());
            int[] all = IntStream.range(0, prefix.size()).toArray();
            assertArrayEquals(decoded(set, size, backend), load(prefix, backend, all));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void setsOfAnyFactorAreDecoded(int factor) {
        CondensedSet set = TinyEvaluation.set(factor);
        ImageSource images = PrefixImages.whole(set, TestBackends.HOST, NORMALIZATION);
        assertEquals(set.classes() * set.ipc() * factor * factor, images.size());
        int[] all = IntStream.range(0, images.size()).toArray();
        assertArrayEquals(decoded(set, set.ipc(), TestBackends.HOST), load(images, TestBackends.HOST, all));
    }

    @Test
    void anImageIsTheSameInAnyBatch() {
        ImageSource prefix = PrefixImages.whole(TinyEvaluation.set(), TestBackends.HOST, NORMALIZATION)
                .prefix(2);
        float[] all = decoded(TinyEvaluation.set(), 2, TestBackends.HOST);
        int[] numbers = {23, 0, 8, 7, 0};
        float[] batch = load(prefix, TestBackends.HOST, numbers);
        for (int i = 0; i < numbers.length; i++) {
            assertArrayEquals(
                    Arrays.copyOfRange(all, numbers[i] * IMAGE, (numbers[i] + 1) * IMAGE),
                    Arrays.copyOfRange(batch, i * IMAGE, (i + 1) * IMAGE),
                    "image " + numbers[i]);
        }
    }

    @Test
    void labelsAreClassByClass() {
        PrefixImages prefix = PrefixImages.whole(TinyEvaluation.set(), TestBackends.HOST, NORMALIZATION)
                .prefix(2);
        int[] expected = new int[24];
        Arrays.setAll(expected, i -> i / 8);
        assertArrayEquals(
                expected, IntStream.range(0, prefix.size()).map(prefix::label).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void aPrefixTheSetDoesNotHaveIsRefused(int size) {
        PrefixImages whole = PrefixImages.whole(TinyEvaluation.set(), TestBackends.HOST, NORMALIZATION);
        assertThrows(IllegalArgumentException.class, () -> whole.prefix(size));
    }
}
