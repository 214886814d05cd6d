package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixOpsTest {
    static Stream<Arguments> products() {
        int[][] sizes = {{3, 4, 5}, {1, 4, 5}, {3, 1, 5}, {3, 4, 1}, {1, 1, 1}, {7, 16, 10}};
        return TestBackends.all()
                .flatMap(backend -> Stream.of(sizes).map(s -> Arguments.of(backend, s[0], s[1], s[2])));
    }

    @ParameterizedTest(name = "{0} [{1}, {2}] x [{2}, {3}]")
    @MethodSource("products")
    void productsAreTheDefinition(Backend backend, int m, int k, int n) {
        SplittableRandom random = new SplittableRandom(1);
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                for (double beta : new double[] {0, 1, 0.5}) {
                    Tensor a = transposeA ? normal(backend, random, k, m) : normal(backend, random, m, k);
                    Tensor b = transposeB ? normal(backend, random, n, k) : normal(backend, random, k, n);
                    Tensor out = normal(backend, random, m, n);
                    double[] expected = out.toDoubles();
                    double[] x = a.toDoubles();
                    double[] y = b.toDoubles();
                    for (int i = 0; i < m; i++) {
                        for (int j = 0; j < n; j++) {
                            double sum = beta * expected[i * n + j];
                            for (int l = 0; l < k; l++) {
                                sum += (transposeA ? x[l * m + i] : x[i * k + l])
                                        * (transposeB ? y[j * k + l] : y[l * n + j]);
                            }
                            expected[i * n + j] = sum;
                        }
                    }
                    backend.matrices().multiply(a, transposeA, b, transposeB, beta, out);
                    assertClose(
                            expected,
                            out.toDoubles(),
                            TestBackends.rounding(backend),
                            "transposed " + transposeA + " " + transposeB + ", beta " + beta);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void samplesOfMoreDimensionsCountAsRows(Backend backend) {
        SplittableRandom random = new SplittableRandom(2);
        Tensor whole = normal(backend, random, 5, 2, 3, 1);
        Tensor b = normal(backend, random, 6, 4);
        Tensor out = backend.zeros(5, 4);
        backend.matrices().multiply(whole.rows(1, 4), false, b, false, 0, out.rows(2, 5));
        Tensor same = backend.zeros(3, 4);
        backend.matrices().multiply(whole.rows(1, 4).reshape(3, 6), false, b, false, 0, same);
        assertClose(same.toDoubles(), out.rows(2, 5).toDoubles(), TestBackends.rounding(backend));
        assertClose(new double[8], out.rows(0, 2).toDoubles(), 0);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void rowAndColumnOperationsAreTheirDefinitions(Backend backend) {
        SplittableRandom random = new SplittableRandom(3);
        int[][] shapes = {{4, 7}, {1, 5}, {6, 1}, {3, 2, 2}};
        for (int[] shape : shapes) {
            Tensor a = normal(backend, random, shape);
            Tensor b = normal(backend, random, shape);
            int rows = shape[0];
            int columns = (int) a.size() / rows;
            double[] x = a.toDoubles();
            double[] y = b.toDoubles();
            double[] sums = new double[columns];
            double[] dots = new double[rows];
            double[] combined = new double[x.length];
            double[] transposed = new double[x.length];
            double[] added = new double[x.length];
            double[] p = normal(random, rows);
            double[] q = normal(random, rows);
            Tensor vector = normal(backend, random, columns);
            double[] v = vector.toDoubles();
            for (int i = 0; i < x.length; i++) {
                sums[i % columns] += x[i];
                dots[i / columns] += x[i] * y[i];
                transposed[i % columns * rows + i / columns] = x[i];
                combined[i] = p[i / columns] * x[i] + q[i / columns] * y[i];
                added[i] = x[i] + v[i % columns];
            }
            double tolerance = TestBackends.rounding(backend);
            Tensor columnSums = normal(backend, random, columns);
            backend.matrices().columnSums(a, columnSums);
            assertClose(sums, columnSums.toDoubles(), tolerance, "column sums");
            assertClose(dots, backend.matrices().rowDots(a, b).get(), tolerance, "row dots");
            Tensor turned = normal(backend, random, columns, rows);
            backend.matrices().transpose(a, turned);
            assertArrayEquals(transposed, turned.toDoubles(), "transpose");
            Tensor out = normal(backend, random, shape);
            backend.matrices().combineRows(p, a, q, b, out);
            assertClose(combined, out.toDoubles(), tolerance, "combination");
            backend.matrices().addToRows(vector, a);
            assertClose(added, a.toDoubles(), tolerance, "added");
        }
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void softmaxLossIsItsDefinition(Backend backend) {
        SplittableRandom random = new SplittableRandom(4);
        for (int[] shape : new int[][] {{5, 3}, {1, 4}, {2, 10}}) {
            int classes = shape[1];
            Tensor logits = normal(backend, random, shape);
            Tensor targets = targets(backend, random, shape);
            Tensor probabilities = normal(backend, random, shape);
            Tensor delta = normal(backend, random, shape);
            double loss = backend.matrices().softmaxLoss(logits, targets, 0.25, probabilities, delta);
            double[] z = logits.toDoubles();
            double[] t = targets.toDoubles();
            double[] p = new double[z.length];
            double expected = 0;
            for (int row = 0; row < z.length; row += classes) {
                double total = 0;
                for (int k = 0; k < classes; k++) {
                    total += Math.exp(z[row + k]);
                }
                for (int k = 0; k < classes; k++) {
                    p[row + k] = Math.exp(z[row + k]) / total;
                    expected -= t[row + k] * Math.log(p[row + k]);
                }
            }
            double tolerance = TestBackends.rounding(backend);
            assertClose(expected, loss, tolerance, "loss");
            assertClose(p, probabilities.toDoubles(), tolerance, "probabilities");
            double[] d = plus(p, -1, t);
            for (int i = 0; i < d.length; i++) {
                d[i] *= 0.25;
            }
            assertClose(d, delta.toDoubles(), tolerance, "delta");
        }
    }

    /** The tangent of delta in direction ż, by central differences of the double backend. */
    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void softmaxTangentIsTheSlopeOfDelta(Backend backend) {
        SplittableRandom random = new SplittableRandom(5);
        int[] shape = {4, 5};
        double[] z = normal(random, 20);
        double[] zDot = normal(random, 20);
        Tensor targets = targets(TestBackends.DOUBLE, random, shape);
        double step = 1e-5;
        double[] ahead = delta(plus(z, step, zDot), targets, shape);
        double[] slope = plus(ahead, -1, delta(plus(z, -step, zDot), targets, shape));
        for (int i = 0; i < slope.length; i++) {
            slope[i] /= 2 * step;
        }
        Tensor probabilities = backend.zeros(shape);
        Tensor out = normal(backend, random, shape);
        backend.matrices()
                .softmaxLoss(
                        backend.of(z, shape),
                        backend.of(targets.toDoubles(), shape),
                        1,
                        probabilities,
                        backend.zeros(shape));
        backend.matrices().softmaxLossTangent(probabilities, backend.of(zDot, shape), 0.3, out);
        assertClose(slope, out.toDoubles(), TestBackends.tolerance(backend, 1e-9, 5e-6));
    }

    private static double[] delta(double[] z, Tensor targets, int[] shape) {
        Backend backend = TestBackends.DOUBLE;
        Tensor delta = backend.zeros(shape);
        backend.matrices().softmaxLoss(backend.of(z, shape), targets, 0.3, backend.zeros(shape), delta);
        return delta.toDoubles();
    }

    /** Rows of random label weights with sum 1. */
    private static Tensor targets(Backend backend, SplittableRandom random, int[] shape) {
        double[] weights = new double[shape[0] * shape[1]];
        for (int row = 0; row < shape[0]; row++) {
            double kept = random.nextDouble();
            weights[row * shape[1] + random.nextInt(shape[1])] += kept;
            weights[row * shape[1] + random.nextInt(shape[1])] += 1 - kept;
        }
        return backend.of(weights, shape);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void hugeLogitsGiveAFiniteLoss(Backend backend) {
        Tensor logits = backend.of(new double[] {1000, -1000, 0, -500, 0, 500}, 2, 3);
        Tensor targets = backend.of(new double[] {1, 0, 0, 1, 0, 0}, 2, 3);
        Tensor probabilities = backend.zeros(2, 3);
        double loss = backend.matrices().softmaxLoss(logits, targets, 1, probabilities, backend.zeros(2, 3));
        assertClose(1000, loss, 1e-6, "loss");
        assertClose(new double[] {1, 0, 0, 0, 0, 1}, probabilities.toDoubles(), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void theLargestElementOfARowWinsAndTheFirstOfEquals(Backend backend) {
        Tensor matrix = backend.of(new double[] {1, 3, 3, -5, -2, -9, 4, 4, 4, 0, 0, 1}, 4, 3);
        assertArrayEquals(new int[] {1, 1, 0, 2}, backend.matrices().rowArgmax(matrix));
        assertArrayEquals(new int[] {0}, backend.matrices().rowArgmax(matrix.rows(2, 3)));
        assertArrayEquals(new int[] {0, 0}, backend.matrices().rowArgmax(backend.zeros(2, 1)));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void rowDotsOfLongRowsKeepTheirPrecision(Backend backend) {
        SplittableRandom random = new SplittableRandom(6);
        Tensor a = normal(backend, random, 2, 20_000);
        double[] x = a.toDoubles();
        double[] dots = backend.matrices().rowDots(a, a).get();
        double first = 0;
        for (int i = 0; i < 20_000; i++) {
            first += x[i] * x[i];
        }
        assertClose(1, dots[0] / first, TestBackends.rounding(backend), "first row");
        assertTrue(Math.abs(dots[0] + dots[1] - dot(x, x)) < 1e-5 * dots[0]);
    }
}
