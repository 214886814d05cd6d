package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.map;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch norm against its definition and central differences, on every backend. */
class BatchNormOpsTest {
    private static final int N = 3;
    private static final int C = 2;
    private static final int SIDE = 4;
    private static final double EPSILON = 1e-3;
    private static final double STEP = 1e-6;

    private final SplittableRandom random = new SplittableRandom(8);
    private final double[] x = map(normal(random, N * C * SIDE * SIDE), v -> 1.5 * v + 0.7);
    private final double[] gamma = {1.3, 0.6};
    private final double[] beta = {0.2, -0.4};
    private final double[] dy = normal(random, x.length);

    static Stream<Arguments> cases() {
        return TestBackends.all().flatMap(b -> Stream.of(true, false).map(relu -> Arguments.of(b, relu)));
    }

    private static int channel(int i) {
        return i / (SIDE * SIDE) % C;
    }

    /** y by the definition, from all numbers. */
    private static double[] norm(boolean relu, double[] x, double[] gamma, double[] beta, double[][] moments) {
        double count = (double) x.length / C;
        double[] mean = new double[C];
        double[] variance = new double[C];
        for (int i = 0; i < x.length; i++) {
            mean[channel(i)] += x[i] / count;
        }
        for (int i = 0; i < x.length; i++) {
            variance[channel(i)] += Math.pow(x[i] - mean[channel(i)], 2) / count;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int c = channel(i);
            double u = gamma[c] * (x[i] - mean[c]) / Math.sqrt(variance[c] + EPSILON) + beta[c];
            y[i] = relu ? Math.max(0, u) : u;
        }
        moments[0] = mean;
        moments[1] = map(variance, v -> v * count / (count - 1));
        return y;
    }

    private double objective(boolean relu, double[] images, double[] scale, double[] shift) {
        return dot(norm(relu, images, scale, shift, new double[2][]), dy);
    }

    private static double slope(double[] values, int i, ToDoubleFunction<double[]> f) {
        double[] unit = new double[values.length];
        unit[i] = 1;
        return (f.applyAsDouble(plus(values, STEP, unit)) - f.applyAsDouble(plus(values, -STEP, unit))) / (2 * STEP);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputStatisticsAndGradientsAreThoseOfTheDefinition(Backend backend, boolean relu) {
        Tensor in = backend.of(x, N, C, SIDE, SIDE);
        Tensor scale = backend.of(gamma, C);
        Tensor shift = backend.of(beta, C);
        Tensor statistics = backend.zeros(BatchNormOps.STATISTICS, C);
        Tensor y = backend.of(x, N, C, SIDE, SIDE);
        backend.batchNorms().forward(EPSILON, relu, in, scale, shift, statistics, y);
        double[][] moments = new double[2][];
        double rounding = TestBackends.tolerance(backend, 1e-12, 2e-6);
        assertClose(norm(relu, x, gamma, beta, moments), y.toDoubles(), rounding);
        assertClose(moments[0], statistics.rows(0, 1).toDoubles(), rounding);
        assertClose(moments[1], statistics.rows(2, 3).toDoubles(), rounding);

        Tensor dx = backend.of(x, N, C, SIDE, SIDE);
        Tensor dGamma = backend.of(gamma, C);
        Tensor dBeta = backend.of(beta, C);
        backend.batchNorms()
                .backward(relu, in, scale, shift, statistics, backend.of(dy, N, C, SIDE, SIDE), dx, dGamma, dBeta);
        double tolerance = TestBackends.tolerance(backend, 1e-7, 1e-5);
        double[] slopes = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            slopes[i] = slope(x, i, v -> objective(relu, v, gamma, beta));
        }
        assertClose(slopes, dx.toDoubles(), tolerance);
        for (int c = 0; c < C; c++) {
            assertEquals(slope(gamma, c, v -> objective(relu, x, v, beta)), dGamma.toDoubles()[c], 20 * tolerance);
            assertEquals(slope(beta, c, v -> objective(relu, x, gamma, v)), dBeta.toDoubles()[c], 20 * tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void atTestTimeGivenStatisticsAreUsed(Backend backend, boolean relu) {
        double[] mean = {0.5, -1};
        double[] variance = {2, 0.3};
        Tensor y = backend.zeros(N, C, SIDE, SIDE);
        backend.batchNorms()
                .infer(
                        EPSILON,
                        relu,
                        backend.of(x, N, C, SIDE, SIDE),
                        backend.of(gamma, C),
                        backend.of(beta, C),
                        backend.of(mean, C),
                        backend.of(variance, C),
                        y);
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int c = channel(i);
            double u = gamma[c] * (x[i] - mean[c]) / Math.sqrt(variance[c] + EPSILON) + beta[c];
            expected[i] = relu ? Math.max(0, u) : u;
        }
        assertClose(expected, y.toDoubles(), TestBackends.tolerance(backend, 1e-13, 2e-6));
    }

    static Stream<Arguments> shapes() {
        int[][] shapes = {{3, 5, 1, 1}, {4, 7, 4, 4}, {2, 40, 8, 8}, {2, 70, 8, 8}, {3, 5, 32, 32}, {2, 3, 72, 72}};
        return TestBackends.all().flatMap(b -> Stream.of(shapes).map(shape -> Arguments.of(b, shape)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void planesOfAnySizeAndNumberAreThoseOfDoublePrecision(Backend backend, int[] shape) {
        double[][] expected = passes(TestBackends.DOUBLE, shape);
        double[][] found = passes(backend, shape);
        for (int i = 0; i < expected.length; i++) {
            assertClose(expected[i], found[i], TestBackends.tolerance(backend, 1e-12, 2e-5));
        }
    }

    /** What a forward and a backward pass and one at test time give for random images of a shape. */
    private static double[][] passes(Backend backend, int[] shape) {
        SplittableRandom numbers = new SplittableRandom(3);
        int channels = shape[1];
        int size = (int) Tensor.elements(shape);
        Tensor in = backend.of(normal(numbers, size), shape);
        Tensor scale = backend.of(normal(numbers, channels), channels);
        Tensor shift = backend.of(normal(numbers, channels), channels);
        Tensor delta = backend.of(normal(numbers, size), shape);
        Tensor variance = backend.of(map(normal(numbers, channels), v -> 0.5 + v * v), channels);
        Tensor statistics = backend.zeros(BatchNormOps.STATISTICS, channels);
        Tensor y = backend.zeros(shape);
        Tensor dx = backend.zeros(shape);
        Tensor dGamma = backend.zeros(channels);
        Tensor dBeta = backend.zeros(channels);
        Tensor inferred = backend.zeros(shape);
        BatchNormOps ops = backend.batchNorms();
        ops.forward(EPSILON, true, in, scale, shift, statistics, y);
        ops.backward(true, in, scale, shift, statistics, delta, dx, dGamma, dBeta);
        ops.infer(EPSILON, true, in, scale, shift, shift, variance, inferred);
        return Stream.of(y, statistics, dx, dGamma, dBeta, inferred)
                .map(Tensor::toDoubles)
                .toArray(double[][]::new);
    }
}
