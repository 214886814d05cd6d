package io.mdc.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Backend;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class InitializationTest {
    private static final int CLASSES = 2;
    private static final int CHANNELS = 2;
    private static final Normalization NOISE = new Normalization(List.of(0.5, -3.0), List.of(0.25, 2.0));
    private static final Initialization.Chooser CHOOSER = (rule, label, count) -> {
        throw new AssertionError("nothing is to be chosen");
    };

    /** 50 images of class 0 and 49 of class 1 in turns, of random pixels. */
    private static ImageSet real(int size) {
        byte[] pixels = new byte[99 * CHANNELS * size * size];
        new SplittableRandom(1).nextBytes(pixels);
        int[] labels = new int[99];
        Arrays.setAll(labels, i -> i % 2);
        return new ImageSet(pixels, labels, CLASSES, CHANNELS, size, size);
    }

    private static Dataset dataset(int size) {
        ImageSet real = real(size);
        return new Dataset("pets", List.of("cat", "dog"), real, real, Normalization.identity(CHANNELS), List.of());
    }

    private static SyntheticSet fill(Backend backend, SyntheticConfig config, int size, long seed) {
        MultiFormation formation = new MultiFormation(config.factor(), size, size);
        SyntheticSet set = new SyntheticSet(backend, CLASSES, config.ipc(), new int[] {CHANNELS, size, size});
        backend.vectors().fill(set.images(), 9);
        new Initialization(backend, config, formation, dataset(size), NOISE)
                .fill(set, new SplittableRandom(seed), CHOOSER);
        return set;
    }

    /** The value in [0, 1] of a pixel of image number {@code own} of a class. */
    private static double pixel(ImageSet real, int label, int own, int channel, int row, int column) {
        int image = real.indicesOfClass(label)[own];
        int at = ((image * CHANNELS + channel) * real.height() + row) * real.width() + column;
        return (real.image(at / real.imageBytes())[at % real.imageBytes()] & 0xff) / 255.0;
    }

    static Stream<Arguments> collages() {
        return TestBackends.all().flatMap(backend -> Stream.of(
                        new int[] {3, 2, 8, 0},
                        new int[] {3, 2, 8, 2},
                        new int[] {2, 3, 8, 0},
                        new int[] {2, 3, 7, 1},
                        new int[] {4, 1, 5, 3})
                .map(c -> Arguments.of(backend, c[0], c[1], c[2], c[3])));
    }

    @ParameterizedTest(name = "{0} ipc {1}, factor {2}, size {3}, start {4}")
    @MethodSource("collages")
    void tileKOfImageIIsShrunkFromRealImageKTimesNPlusI(Backend backend, int ipc, int factor, int size, int start) {
        ImageSet real = real(size);
        double[] images = fill(backend, new SyntheticConfig(ipc, factor, Decoding.FULL, Init.MIX, start), size, 1)
                .images()
                .toDoubles();
        int tile = (size + factor - 1) / factor;
        for (int at = 0; at < images.length; at++) {
            int column = at % size;
            int row = at / size % size;
            int channel = at / (size * size) % CHANNELS;
            int i = at / (size * size * CHANNELS) % ipc;
            int label = at / (size * size * CHANNELS * ipc);
            int k = row / tile * factor + column / tile;
            int tileHeight = Math.min(tile, size - row / tile * tile);
            int tileWidth = Math.min(tile, size - column / tile * tile);
            int own = start * ipc * factor * factor + k * ipc + i;
            double expected =
                    pixel(real, label, own, channel, row % tile * size / tileHeight, column % tile * size / tileWidth);
            assertEquals(expected, images[at], 1e-6, "class " + label + ", image " + i + ", tile " + k);
        }
    }

    /** A rule that takes the last image of the class first, and so on. */
    private static final Initialization.Chooser BACKWARDS = (rule, label, count) -> {
        int[] all = real(8).indicesOfClass(label);
        return IntStream.range(0, count).map(i -> all[all.length - 1 - i]).toArray();
    };

    @ParameterizedTest
    @EnumSource(names = {"KMEANS", "HERDING", "K_CENTER"})
    void imageIHoldsTheChoicesThatComeNextAfterThoseOfTheImagesBefore(Init init) {
        ImageSet real = real(8);
        SyntheticConfig config = new SyntheticConfig(3, 2, Decoding.FULL, init, 0);
        SyntheticSet set = new SyntheticSet(TestBackends.HOST, CLASSES, 3, new int[] {CHANNELS, 8, 8});
        new Initialization(TestBackends.HOST, config, new MultiFormation(2, 8, 8), dataset(8), NOISE)
                .fill(set, new SplittableRandom(0), BACKWARDS);
        double[] images = set.images().toDoubles();
        for (int at = 0; at < images.length; at++) {
            int column = at % 8;
            int row = at / 8 % 8;
            int i = at / (64 * CHANNELS) % 3;
            int label = at / (64 * CHANNELS * 3);
            int own = real.indicesOfClass(label).length - 1 - (4 * i + row / 4 * 2 + column / 4);
            double expected = pixel(real, label, own, at / 64 % CHANNELS, row % 4 * 2, column % 4 * 2);
            assertEquals(expected, images[at], 1e-6, "class " + label + ", image " + i);
        }
    }

    @Test
    void collagesOfOneTileAreTheRealImages() {
        SyntheticConfig mix = new SyntheticConfig(3, 1, Decoding.FULL, Init.MIX, 1);
        assertArrayEquals(
                fill(TestBackends.HOST, mix.with(Init.RANDOM), 8, 1).images().toFloats(),
                fill(TestBackends.HOST, mix, 8, 1).images().toFloats());
    }

    @Test
    void noiseHasNoStartIndex() {
        SyntheticConfig noise = new SyntheticConfig(1, 1, Decoding.FULL, Init.NOISE, 2);
        assertEquals(
                "--start-index 2: must be 0 with --init noise, which begins with no real images, so that all begin alike",
                assertThrows(ConfigException.class, () -> Initialization.requireEnough(noise, dataset(4)))
                        .getMessage());
    }

    @ParameterizedTest
    @EnumSource(names = {"KMEANS", "HERDING", "K_CENTER"})
    void imagesThatAreChosenHaveNoStartIndex(Init init) {
        String message = assertThrows(ConfigException.class, () -> new SyntheticConfig(1, 1, Decoding.FULL, init, 2))
                .getMessage();
        assertTrue(message.startsWith("--start-index 2: must be 0 with --init "), message);
        DataException few = assertThrows(
                DataException.class,
                () -> Initialization.requireEnough(new SyntheticConfig(50, 1, Decoding.FULL, init, 0), dataset(4)));
        assertTrue(few.getMessage().contains("class dog has 49"), few.getMessage());
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void randomTakesRealImagesAsTheyAre(Backend backend) {
        ImageSet real = real(4);
        double[] images = fill(backend, new SyntheticConfig(3, 2, Decoding.FULL, Init.RANDOM, 4), 4, 1)
                .images()
                .toDoubles();
        for (int at = 0; at < images.length; at++) {
            int i = at / (16 * CHANNELS) % 3;
            int label = at / (16 * CHANNELS * 3);
            assertEquals(pixel(real, label, 12 + i, at / 16 % CHANNELS, at / 4 % 4, at % 4), images[at], 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void noiseIsNormalInEveryChannel(Backend backend) {
        SyntheticConfig config = new SyntheticConfig(10, 2, Decoding.FULL, Init.NOISE, 0);
        double[] values = fill(backend, config, 16, 5).images().toDoubles();
        for (int channel = 0; channel < CHANNELS; channel++) {
            int own = channel;
            double[] scaled = IntStream.range(0, values.length)
                    .filter(i -> i / 256 % CHANNELS == own)
                    .mapToDouble(i ->
                            (values[i] - NOISE.mean().get(own)) / NOISE.std().get(own))
                    .toArray();
            assertEquals(0, Arrays.stream(scaled).average().orElseThrow(), 0.04);
            for (int deviations = 1; deviations < 3; deviations++) {
                double limit = deviations;
                double inner =
                        Arrays.stream(scaled).filter(v -> Math.abs(v) < limit).count() / (double) scaled.length;
                assertEquals(new double[] {0, 0.683, 0.954}[deviations], inner, 0.02, "share within " + limit);
            }
        }
        assertArrayEquals(values, fill(backend, config, 16, 5).images().toDoubles());
        assertFalse(Arrays.equals(values, fill(backend, config, 16, 6).images().toDoubles()));
    }

    @Test
    void onlyNoiseDependsOnTheSeed() {
        SyntheticConfig config = new SyntheticConfig(2, 2, Decoding.FULL, Init.MIX, 0);
        assertArrayEquals(
                fill(TestBackends.HOST, config, 8, 1).images().toDoubles(),
                fill(TestBackends.HOST, config, 8, 2).images().toDoubles());
    }

    @Test
    void aClassTooSmallIsNamedWithTheNumbers() {
        // class cat has 50 images, class dog one less
        fill(TestBackends.HOST, new SyntheticConfig(1, 5, Decoding.FULL, Init.MIX, 0), 10, 1);
        DataException mix = assertThrows(
                DataException.class,
                () -> fill(TestBackends.HOST, new SyntheticConfig(1, 5, Decoding.FULL, Init.MIX, 1), 10, 1));
        for (String part : new String[] {"--ipc 1: ", "needs 50 real images", "class dog has 49", "start-index"}) {
            assertTrue(mix.getMessage().contains(part), mix.getMessage());
        }
        DataException random = assertThrows(
                DataException.class,
                () -> fill(TestBackends.HOST, new SyntheticConfig(50, 2, Decoding.FULL, Init.RANDOM, 0), 4, 1));
        assertTrue(random.getMessage().contains("needs 50 real images"), random.getMessage());
        fill(TestBackends.HOST, new SyntheticConfig(60, 2, Decoding.FULL, Init.NOISE, 0), 4, 1);
    }
}
