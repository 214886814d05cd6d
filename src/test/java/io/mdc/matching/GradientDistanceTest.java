package io.mdc.matching;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GradientDistanceTest {
    /** A convolution's weights, a classifier's, a bias. */
    private static final int[][] SHAPES = {{4, 3, 3, 3}, {6, 5}, {7}};

    private static final double STEP = 1e-6;

    static Stream<Arguments> distances() {
        return TestBackends.all().flatMap(backend -> Stream.of(Distance.values())
                .flatMap(distance -> Stream.of(SHAPES).map(shape -> Arguments.of(backend, distance, shape))));
    }

    /** The definitions of d, docs/method.md, Algorithm 1. */
    private static double expected(Distance distance, double[] g, double[] h, int rows) {
        double total = 0;
        int columns = g.length / rows;
        for (int row = 0; row < rows; row++) {
            double squares = 0;
            double magnitudes = 0;
            double dot = 0;
            double own = 0;
            double other = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                squares += (g[i] - h[i]) * (g[i] - h[i]);
                magnitudes += Math.abs(g[i] - h[i]);
                dot += g[i] * h[i];
                own += g[i] * g[i];
                other += h[i] * h[i];
            }
            total += switch (distance) {
                case MSE -> squares;
                case L1 -> magnitudes;
                case COSINE -> 1 - dot / (Math.sqrt(own) * Math.sqrt(other) + 1e-6);
                case WEIGHT_COSINE -> columns == 1 ? 0 : 1 - dot / (Math.sqrt(own) * Math.sqrt(other) + 1e-6);
            };
        }
        return total;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("distances")
    void distanceAndDerivativeAreTheirDefinitions(Backend backend, Distance name, int[] shape) {
        SplittableRandom random = new SplittableRandom(shape.length);
        Tensor synthetic = normal(backend, random, shape);
        Tensor real = normal(backend, random, shape);
        Tensor derivative = normal(backend, random, shape);
        double[] g = synthetic.toDoubles();
        double[] h = real.toDoubles();
        double distance = name.measure().measure(backend, synthetic, real, derivative);
        double tolerance = TestBackends.tolerance(backend, 1e-12, 1e-5);
        assertClose(expected(name, g, h, shape[0]), distance, tolerance, "distance");
        double[] slopes = new double[g.length];
        for (int i = 0; i < g.length; i++) {
            double value = g[i];
            g[i] = value + STEP;
            double ahead = expected(name, g, h, shape[0]);
            g[i] = value - STEP;
            slopes[i] = (ahead - expected(name, g, h, shape[0])) / (2 * STEP);
            g[i] = value;
        }
        // the slope of the cosine of two numbers is almost 0 and drowns in rounding
        if (name != Distance.COSINE || shape.length > 1) {
            assertClose(slopes, derivative.toDoubles(), TestBackends.tolerance(backend, 1e-7, 1e-5), "derivative");
        }
        assertArrayEquals(g, synthetic.toDoubles(), "the synthetic gradient is read only");
        assertArrayEquals(h, real.toDoubles(), "the real gradient is read only");
    }

    @Test
    void equalGradientsAreAtDistanceZeroWithoutSlope() {
        Backend backend = TestBackends.DOUBLE;
        Tensor g = normal(backend, new SplittableRandom(1), 3, 4);
        for (Distance name : Distance.values()) {
            Tensor derivative = backend.zeros(3, 4);
            double distance = name.measure().measure(backend, g, g, derivative);
            assertEquals(0, distance, 1e-5, name::toString);
            assertClose(new double[12], derivative.toDoubles(), 1e-5, name.toString());
        }
    }

    @Test
    void rowsOfZerosHaveAFiniteCosine() {
        Backend backend = TestBackends.HOST;
        Tensor zeros = backend.zeros(2, 3);
        Tensor other = backend.of(new double[] {1, 2, 3, 0, 0, 0}, 2, 3);
        Tensor derivative = backend.zeros(2, 3);
        assertEquals(2, Distance.COSINE.measure().measure(backend, zeros, other, derivative), 1e-6);
        double[] slope = derivative.toDoubles();
        assertClose(new double[] {-1e6, -2e6, -3e6, 0, 0, 0}, slope, 1e-6);
        assertEquals(2, Distance.COSINE.measure().measure(backend, other, zeros, derivative), 1e-6);
        assertArrayEquals(
                new double[6],
                Arrays.stream(derivative.toDoubles()).map(Math::abs).toArray());
    }
}
