package io.mdc.subset;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureDistanceTest {
    private static final int REAL = 5;
    private static final int SYNTHETIC = 8;
    private static final int FEATURES = 7;

    private static double mean(double[] features, int from, int to, int feature) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += features[i * FEATURES + feature] / (to - from);
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void itIsTheSquaredDistanceOfMeans(Backend backend) {
        Tensor features = normal(backend, new SplittableRandom(1), REAL + SYNTHETIC, FEATURES);
        double[] values = features.toDoubles();
        int[] ends = {1, 3, 4, 8};
        double[] expected = new double[ends.length];
        for (int n = 0; n < ends.length; n++) {
            for (int f = 0; f < FEATURES; f++) {
                double difference = mean(values, 0, REAL, f) - mean(values, REAL, REAL + ends[n], f);
                expected[n] += difference * difference;
            }
        }
        double[] actual =
                new FeatureDistance(backend).measure(features, REAL, ends).get();
        assertClose(expected, actual, TestBackends.rounding(backend));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void aPrefixWithoutImagesIsNotANumber(Backend backend) {
        Tensor features = normal(backend, new SplittableRandom(2), REAL + 2, FEATURES);
        double[] distances = new FeatureDistance(backend)
                .measure(features, REAL, new int[] {0, 0, 2})
                .get();
        assertTrue(Double.isNaN(distances[0]) && Double.isNaN(distances[1]));
        assertTrue(distances[2] > 0);
    }

    @Test
    void equalMeansAreAtDistanceZero() {
        Tensor features = TestBackends.DOUBLE.of(new double[] {1, 2, 3, 6, 2, 4, 9, 9}, 4, 2);
        double[] distances = new FeatureDistance(TestBackends.DOUBLE)
                .measure(features, 2, new int[] {1, 2})
                .get();
        assertEquals(0, distances[0], 1e-15);
        assertEquals(3.5 * 3.5 + 2.5 * 2.5, distances[1], 1e-12);
        assertInstanceOf(
                FeatureDistance.class,
                Metric.FEATURE.inSteps(TestBackends.DOUBLE).orElseThrow());
    }
}
