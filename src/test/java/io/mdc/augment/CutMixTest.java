package io.mdc.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutMixTest {
    private static final int IMAGES = 5;
    private static final int SIZE = 8;

    /** Image i is all i, and its label is i, so that pixels tell what was mixed. */
    private static Tensor images() {
        double[] values = new double[IMAGES * 2 * SIZE * SIZE];
        Arrays.setAll(values, k -> Math.floor(k / (2.0 * SIZE * SIZE)));
        return TestBackends.HOST.of(values, IMAGES, 2, SIZE, SIZE);
    }

    private static double[] oneHot() {
        double[] targets = new double[IMAGES * IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            targets[i * IMAGES + i] = 1;
        }
        return targets;
    }

    @Test
    void labelsAreMixedByTheAreaOfTheirPixels() {
        SplittableRandom random = new SplittableRandom(1);
        int mixed = 0;
        for (int draw = 0; draw < 50; draw++) {
            Tensor images = images();
            double[] targets = oneHot();
            new CutMix(1).apply(random, TestBackends.HOST.images(), images, targets);
            double[] pixels = images.toDoubles();
            for (int i = 0; i < IMAGES; i++) {
                double[] share = new double[IMAGES];
                for (int k = 0; k < 2 * SIZE * SIZE; k++) {
                    share[(int) pixels[i * 2 * SIZE * SIZE + k]] += 1.0 / (2 * SIZE * SIZE);
                }
                assertArrayEquals(share, Arrays.copyOfRange(targets, i * IMAGES, (i + 1) * IMAGES), 1e-12);
                mixed += share[i] < 1 ? 1 : 0;
            }
        }
        assertTrue(mixed > 100, mixed + " mixed images");
    }

    @Test
    void softLabelsKeepTheirMass() {
        double[] targets = new double[IMAGES * 3];
        for (int i = 0; i < IMAGES; i++) {
            targets[3 * i] = 0.2 * i;
            targets[3 * i + 1] = 1 - 0.2 * i;
        }
        new CutMix(1).apply(new SplittableRandom(2), TestBackends.HOST.images(), images(), targets);
        for (int i = 0; i < IMAGES; i++) {
            assertEquals(1, targets[3 * i] + targets[3 * i + 1], 1e-12);
        }
        assertEquals(2, targets[0] + targets[3] + targets[6] + targets[9] + targets[12], 1e-12);
    }

    @Test
    void probabilityZeroNeverMixes() {
        SplittableRandom random = new SplittableRandom(3);
        for (int draw = 0; draw < 50; draw++) {
            Tensor images = images();
            double[] targets = oneHot();
            new CutMix(0).apply(random, TestBackends.HOST.images(), images, targets);
            assertArrayEquals(oneHot(), targets);
            assertArrayEquals(images().toDoubles(), images.toDoubles());
        }
    }

    @Test
    void theProbabilityIsThatOfTheBatch() {
        SplittableRandom random = new SplittableRandom(4);
        int mixed = 0;
        for (int draw = 0; draw < 600; draw++) {
            double[] targets = oneHot();
            new CutMix(0.5).apply(random, TestBackends.HOST.images(), images(), targets);
            mixed += Arrays.equals(targets, oneHot()) ? 0 : 1;
        }
        // 600 · ½ less those whose rectangle is empty or whose permutation moves nothing
        assertEquals(290, mixed, 45);
    }

    @Test
    void theRectanglesSideFollowsTheRootOfAUniformNumber() {
        SplittableRandom random = new SplittableRandom(5);
        double kept = 0;
        double least = 1;
        for (int draw = 0; draw < 400; draw++) {
            double[] targets = {1, 0, 0, 1};
            Tensor images = TestBackends.HOST.zeros(2, 1, 32, 32);
            new CutMix(1).apply(random, TestBackends.HOST.images(), images, targets);
            kept += targets[0] / 400;
            least = Math.min(least, targets[0]);
        }
        // half of the permutations of two images move nothing; the rest keeps a mean area of more than ½, as
        // rectangles are cut off at the edges
        assertEquals(0.85, kept, 0.06);
        assertTrue(least < 0.3, "least kept " + least);
    }

    @Test
    void theSameSeedGivesTheSameMix() {
        Tensor one = images();
        Tensor two = images();
        double[] targets = oneHot();
        double[] again = oneHot();
        new CutMix(1).apply(new SplittableRandom(6), TestBackends.HOST.images(), one, targets);
        new CutMix(1).apply(new SplittableRandom(6), TestBackends.DOUBLE.images(), two, again);
        assertArrayEquals(targets, again);
        assertArrayEquals(one.toDoubles(), two.toDoubles());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void impossibleProbabilitiesAreRefused(double probability) {
        String message = assertThrows(IllegalArgumentException.class, () -> new CutMix(probability))
                .getMessage();
        assertEquals("cutmix " + probability + ": must be from 0 to 1", message);
    }
}
