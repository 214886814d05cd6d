package io.mdc.subset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubsetWeightsTest {
    private static final double[] NO_RATES = null;

    @Test
    void weightsAreUniformInverseToTheSizeOrAsTheRates() {
        double[] rates = {3, 0, 1, 4};
        assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, SubsetWeights.UNIFORM.of(4, rates));
        assertArrayEquals(new double[] {0.48, 0.24, 0.16, 0.12}, SubsetWeights.INVERSE.of(4, rates), 1e-15);
        assertArrayEquals(new double[] {0.375, 0, 0.125, 0.5}, SubsetWeights.RATE.of(4, rates));
    }

    @Test
    void withoutRatesTheyAreUniform() {
        double[] uniform = {0.5, 0.5};
        assertArrayEquals(uniform, SubsetWeights.RATE.of(2, NO_RATES));
        assertArrayEquals(uniform, SubsetWeights.RATE.of(2, new double[2]), "nothing has changed");
        assertArrayEquals(uniform, SubsetWeights.RATE.of(2, new double[] {Double.NaN, Double.NaN}));
        assertArrayEquals(new double[] {0, 1}, SubsetWeights.RATE.of(2, new double[] {Double.NaN, 7}));
    }

    @ParameterizedTest
    @EnumSource(SubsetWeights.class)
    void weightsSumToOne(SubsetWeights weights) {
        SplittableRandom random = new SplittableRandom(1);
        for (int prefixes = 1; prefixes < 50; prefixes++) {
            double[] of = weights.of(prefixes, random.doubles(prefixes).toArray());
            assertEquals(prefixes, of.length);
            assertEquals(1, Arrays.stream(of).sum(), 1e-14);
            assertTrue(Arrays.stream(of).allMatch(weight -> weight > 0));
        }
        assertEquals(0, weights.of(0, new double[0]).length);
    }
}
