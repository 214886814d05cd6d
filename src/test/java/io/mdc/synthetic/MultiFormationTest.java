package io.mdc.synthetic;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MultiFormationTest {
    static Stream<Arguments> formations() {
        return TestBackends.all()
                .flatMap(backend -> Stream.of(new int[] {2, 8, 8}, new int[] {3, 8, 8}, new int[] {3, 7, 9})
                        .map(f -> Arguments.of(backend, f[0], f[1], f[2])));
    }

    /** Training images by number, image-major. */
    private static List<Tile> tiles(MultiFormation formation, int... numbers) {
        int tiles = formation.tilesPerImage();
        int factor = (int) Math.sqrt(tiles);
        return Arrays.stream(numbers)
                .mapToObj(n -> new Tile(n / tiles, factor, n % tiles))
                .toList();
    }

    private static double[] decode(Backend backend, MultiFormation formation, Tensor stored, int... numbers) {
        Tensor out = backend.zeros(numbers.length, stored.dim(1), stored.dim(2), stored.dim(3));
        formation.decode(backend.images(), stored, tiles(formation, numbers), out);
        return out.toDoubles();
    }

    @ParameterizedTest(name = "{0} factor {1}, {2}x{3}")
    @MethodSource("formations")
    void tilesOfAConstantStoredImageAreConstant(Backend backend, int factor, int height, int width) {
        MultiFormation formation = new MultiFormation(factor, height, width);
        Tensor stored = backend.zeros(3, 1, height, width);
        backend.vectors().fill(stored, 0.5);
        int[] all = IntStream.range(0, 3 * factor * factor).toArray();
        double[] decoded = decode(backend, formation, stored, all);
        for (double value : decoded) {
            assertEquals(0.5, value, 1e-6);
        }
    }

    @Test
    void decodedImagesAreImageMajorAndTilesInRowOrder() {
        Backend backend = TestBackends.DOUBLE;
        MultiFormation formation = new MultiFormation(2, 4, 4);
        // tile k of image i is all 10 i + k
        double[] values = new double[2 * 16];
        for (int p = 0; p < values.length; p++) {
            values[p] = 10 * (p / 16) + p % 16 / 8 * 2 + p % 4 / 2;
        }
        Tensor stored = backend.of(values, 2, 1, 4, 4);
        int[] numbers = {0, 1, 2, 3, 4, 7, 5};
        double[] expected = {0, 1, 2, 3, 10, 13, 11};
        double[] decoded = decode(backend, formation, stored, numbers);
        for (int i = 0; i < decoded.length; i++) {
            assertEquals(expected[i / 16], decoded[i], 1e-14);
        }
        assertEquals(4, formation.tilesPerImage());
    }

    @Test
    void edgesThatTheFactorDoesNotReachContinueWithGrey() {
        Backend backend = TestBackends.DOUBLE;
        // 7 pixels in 3 tiles of 3: the last tile is pixel 6 and two of grey
        MultiFormation formation = new MultiFormation(3, 7, 7);
        Tensor stored = backend.zeros(1, 1, 7, 7);
        double[] last = decode(backend, formation, stored, 8);
        assertEquals(0, last[0], 1e-14);
        assertEquals(0.5, last[48], 1e-14);
        double[] bottom = decode(backend, formation, stored, 6);
        assertEquals(0, bottom[6], 1e-14);
        assertEquals(0.5, bottom[48], 1e-14);
        for (double value : decode(backend, formation, stored, 4)) {
            assertEquals(0, value);
        }
    }

    @ParameterizedTest(name = "{0} factor {1}, {2}x{3}")
    @MethodSource("formations")
    void theAdjointTransposesTheLinearPart(Backend backend, int factor, int height, int width) {
        MultiFormation formation = new MultiFormation(factor, height, width);
        SplittableRandom random = new SplittableRandom(1);
        int[] numbers = {0, 1, 2, 3, factor * factor, 3 * factor * factor - 1};
        Tensor x = normal(backend, random, 3, 2, height, width);
        Tensor y = normal(backend, random, numbers.length, 2, height, width);
        Tensor adjoint = normal(backend, random, x.shape());
        formation.adjoint(backend.images(), y, tiles(formation, numbers), adjoint);
        double[] linear = plus(
                decode(backend, formation, x, numbers),
                -1,
                decode(backend, formation, backend.zeros(x.shape()), numbers));
        double scale = Math.sqrt(x.size() * (double) y.size());
        assertClose(
                dot(linear, y.toDoubles()) / scale,
                dot(x.toDoubles(), adjoint.toDoubles()) / scale,
                TestBackends.rounding(backend),
                "adjoint");
    }

    @ParameterizedTest(name = "{0} factor {1}, {2}x{3}")
    @MethodSource("formations")
    void theAdjointCanBeMadeInParts(Backend backend, int factor, int height, int width) {
        MultiFormation formation = new MultiFormation(factor, height, width);
        int f = factor * factor;
        List<Tile> drawn = tiles(formation, 0, 1, f - 1, f, 3 * f, 3 * f + 1);
        Tensor y = normal(backend, new SplittableRandom(5), drawn.size(), 2, height, width);
        Tensor whole = backend.zeros(4, 2, height, width);
        formation.adjoint(backend.images(), y, drawn, whole);
        Tensor parts = normal(backend, new SplittableRandom(6), 4, 2, height, width);
        for (int[] range : new int[][] {{0, 1}, {1, 2}, {2, 3}, {3, 4}}) {
            formation.adjoint(backend.images(), y, new DecodedBatch(drawn), range[0], range[1], parts);
        }
        assertArrayEquals(whole.toDoubles(), parts.toDoubles(), "image by image, of which the third has no tile");
        formation.adjoint(backend.images(), y, new DecodedBatch(drawn), 0, 2, parts);
        formation.adjoint(backend.images(), y, new DecodedBatch(drawn), 2, 4, parts);
        assertArrayEquals(whole.toDoubles(), parts.toDoubles(), "two at a time");
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void imagesOfAClassDecodeAsAnyOthers(Backend backend) {
        MultiFormation formation = new MultiFormation(2, 6, 6);
        SyntheticSet set = new SyntheticSet(backend, 3, 2, new int[] {2, 6, 6});
        set.images().set(normal(new SplittableRandom(2), (int) set.images().size()));
        for (int label = 0; label < 3; label++) {
            Tensor own = backend.of(set.ofClass(label).toDoubles(), 2, 2, 6, 6);
            assertArrayEquals(
                    decode(backend, formation, own, 0, 3, 5), decode(backend, formation, set.ofClass(label), 0, 3, 5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "12,128,3,12,0,0",
        "13,128,3,12,1,0",
        "25,256,3,25,0,0",
        "26,256,3,25,1,0",
        "20,256,3,20,0,0",
        "50,256,3,22,7,21",
        "20,100,3,8,4,8",
        "10,100,3,10,0,0",
        "10,90,3,8,2,0",
        "5,5,3,0,0,5",
        "5,3,3,0,0,5",
        "7,16,2,0,2,5"
    })
    void boundDecodingGivesLeadingImagesMoreTiles(int images, int most, int factor, int nine, int four, int one) {
        List<Tile> tiles = new MultiFormation(factor, 12, 12).bounded(images, most);
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            int image = i;
            counts.add(
                    (int) tiles.stream().filter(tile -> tile.image() == image).count());
        }
        List<Integer> expected = new ArrayList<>(Collections.nCopies(nine, 9));
        expected.addAll(Collections.nCopies(four, 4));
        expected.addAll(Collections.nCopies(one, 1));
        assertEquals(expected, counts);
        assertTrue(tiles.size() <= Math.max(most, images));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void tilesOfSmallerFactorsAreDecodedByTheirOwnGrid(Backend backend) {
        MultiFormation formation = new MultiFormation(3, 12, 12);
        Tensor stored = normal(backend, new SplittableRandom(6), 3, 2, 12, 12);
        List<Tile> mixed = List.of(new Tile(0, 3, 4), new Tile(1, 2, 3), new Tile(2, 1, 0));
        Tensor out = backend.zeros(3, 2, 12, 12);
        formation.decode(backend.images(), stored, mixed, out);
        double[] all = out.toDoubles();
        assertArrayEquals(decode(backend, formation, stored, 4), Arrays.copyOfRange(all, 0, 288));
        assertArrayEquals(decode(backend, new MultiFormation(2, 12, 12), stored, 7), Arrays.copyOfRange(all, 288, 576));
        assertArrayEquals(stored.rows(2, 3).toDoubles(), Arrays.copyOfRange(all, 576, 864));
        Tensor y = normal(backend, new SplittableRandom(7), 3, 2, 12, 12);
        Tensor adjoint = backend.zeros(stored.shape());
        formation.adjoint(backend.images(), y, mixed, adjoint);
        assertClose(
                dot(all, y.toDoubles()) / 864,
                dot(stored.toDoubles(), adjoint.toDoubles()) / 864,
                TestBackends.rounding(backend),
                "adjoint");
    }

    @ParameterizedTest
    @CsvSource({"0,8,8", "9,8,12", "-1,4,4"})
    void impossibleFactorsAreRefused(int factor, int height, int width) {
        String message = assertThrows(IllegalArgumentException.class, () -> new MultiFormation(factor, height, width))
                .getMessage();
        assertEquals(
                "--factor " + factor + ": must be from 1 to " + Math.min(height, width) + " for images of " + height
                        + "×" + width,
                message);
    }
}
