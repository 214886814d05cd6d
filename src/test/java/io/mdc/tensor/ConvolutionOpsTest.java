package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;

import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionOpsTest {
    /**
     * Kernel, stride, padding; samples, input and output channels, height, width.
     *
     * <p>Over host memory kernels of one pixel and few channels are unfolded, several images in a strip, and the others
     * are not.
     */
    private record Problem(int kernel, int stride, int padding, int n, int in, int out, int height, int width) {
        ConvolutionShape shape() {
            return new ConvolutionShape(kernel, stride, padding);
        }

        int[] x() {
            return new int[] {n, in, height, width};
        }

        int[] w() {
            return new int[] {out, in, kernel, kernel};
        }

        int[] y() {
            return new int[] {n, out, shape().output(height), shape().output(width)};
        }
    }

    private static final Problem[] PROBLEMS = {
        new Problem(3, 1, 1, 2, 3, 4, 6, 6),
        new Problem(3, 1, 1, 1, 1, 1, 7, 5),
        new Problem(3, 1, 0, 3, 2, 5, 8, 5),
        new Problem(1, 1, 0, 2, 3, 2, 4, 4),
        new Problem(5, 1, 2, 2, 2, 3, 7, 9),
        new Problem(3, 2, 1, 2, 3, 4, 7, 7),
        new Problem(3, 2, 1, 2, 3, 4, 8, 8),
        new Problem(1, 2, 0, 2, 3, 4, 8, 7),
        new Problem(7, 2, 3, 1, 3, 2, 12, 12),
        new Problem(3, 1, 1, 2, 8, 3, 5, 5),
        new Problem(3, 2, 1, 2, 8, 3, 6, 5),
        new Problem(3, 2, 1, 1, 2, 3, 3, 1),
        new Problem(5, 3, 2, 1, 1, 2, 2, 4),
        new Problem(3, 1, 1, 2, 9, 10, 5, 5),
        new Problem(3, 1, 1, 83, 3, 2, 3, 3),
        new Problem(3, 1, 2, 29, 2, 4, 4, 3),
        new Problem(1, 1, 0, 3, 12, 17, 5, 5)
    };

    static Stream<Arguments> problems() {
        return TestBackends.all().flatMap(backend -> Stream.of(PROBLEMS).map(p -> Arguments.of(backend, p)));
    }

    private static double tolerance(Backend backend) {
        return TestBackends.rounding(backend);
    }

    /** The definition, as seven loops. */
    private static double[] convolve(Problem p, double[] x, double[] w) {
        int[] shape = p.y();
        double[] y = new double[p.n * p.out * shape[2] * shape[3]];
        int at = 0;
        for (int i = 0; i < p.n; i++) {
            for (int o = 0; o < p.out; o++) {
                for (int r = 0; r < shape[2]; r++) {
                    for (int c = 0; c < shape[3]; c++) {
                        y[at++] = window(p, x, w, i, o, r * p.stride - p.padding, c * p.stride - p.padding);
                    }
                }
            }
        }
        return y;
    }

    private static double window(Problem p, double[] x, double[] w, int sample, int out, int top, int left) {
        double sum = 0;
        for (int in = 0; in < p.in; in++) {
            for (int r = Math.max(0, -top); r < p.kernel && top + r < p.height; r++) {
                for (int c = Math.max(0, -left); c < p.kernel && left + c < p.width; c++) {
                    sum += x[((sample * p.in + in) * p.height + top + r) * p.width + left + c]
                            * w[((out * p.in + in) * p.kernel + r) * p.kernel + c];
                }
            }
        }
        return sum;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("problems")
    void forwardIsTheDefinition(Backend backend, Problem p) {
        SplittableRandom random = new SplittableRandom(1);
        Tensor x = normal(backend, random, p.x());
        Tensor w = normal(backend, random, p.w());
        Tensor y = normal(backend, random, p.y());
        backend.convolutions().forward(p.shape(), x, w, y);
        assertClose(convolve(p, x.toDoubles(), w.toDoubles()), y.toDoubles(), tolerance(backend));
    }

    /** ⟨x ∗ w, dy⟩ = ⟨x, dy ∗ wᵀ⟩ = ⟨w, x ⋆ dy⟩ for random arrays, and unit arrays for every single element. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("problems")
    void bothGradientsAreAdjoints(Backend backend, Problem p) {
        SplittableRandom random = new SplittableRandom(2);
        Tensor x = normal(backend, random, p.x());
        Tensor w = normal(backend, random, p.w());
        Tensor dy = normal(backend, random, p.y());
        Tensor dx = normal(backend, random, p.x());
        Tensor dw = normal(backend, random, p.w());
        Tensor inputOnly = normal(backend, random, p.x());
        backend.convolutions().gradients(p.shape(), x, w, dy, dx, dw);
        backend.convolutions().inputGradient(p.shape(), dy, w, inputOnly);
        assertClose(dx.toDoubles(), inputOnly.toDoubles(), tolerance(backend), "the two input gradients");
        Tensor alone = normal(backend, random, p.w());
        backend.convolutions().gradients(p.shape(), x, w, dy, null, alone);
        assertClose(dw.toDoubles(), alone.toDoubles(), tolerance(backend), "weights without input gradient");
        double[] anyX = normal(random, (int) x.size());
        double[] anyW = normal(random, (int) w.size());
        double scale = Math.sqrt(dot(dy.toDoubles(), dy.toDoubles()) * dy.size());
        assertClose(
                dot(convolve(p, anyX, w.toDoubles()), dy.toDoubles()) / scale,
                dot(anyX, dx.toDoubles()) / scale,
                tolerance(backend),
                "input");
        assertClose(
                dot(convolve(p, x.toDoubles(), anyW), dy.toDoubles()) / scale,
                dot(anyW, dw.toDoubles()) / scale,
                tolerance(backend),
                "weights");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("problems")
    void tangentsAreSumsOfConvolutions(Backend backend, Problem p) {
        SplittableRandom random = new SplittableRandom(3);
        Tensor x = normal(backend, random, p.x());
        Tensor xDot = normal(backend, random, p.x());
        Tensor w = normal(backend, random, p.w());
        Tensor wDot = normal(backend, random, p.w());
        Tensor yDot = normal(backend, random, p.y());
        double[] weightPart = convolve(p, x.toDoubles(), wDot.toDoubles());
        backend.convolutions().tangent(p.shape(), x, xDot, w, wDot, yDot);
        assertClose(
                plus(weightPart, 1, convolve(p, xDot.toDoubles(), w.toDoubles())),
                yDot.toDoubles(),
                tolerance(backend));
        backend.convolutions().tangent(p.shape(), x, null, w, wDot, yDot);
        assertClose(weightPart, yDot.toDoubles(), tolerance(backend), "without xDot");

        Tensor dy = normal(backend, random, p.y());
        Tensor dyDot = normal(backend, random, p.y());
        Tensor first = backend.zeros(p.x());
        Tensor second = backend.zeros(p.x());
        Tensor dxDot = normal(backend, random, p.x());
        backend.convolutions().inputGradient(p.shape(), dyDot, w, first);
        backend.convolutions().inputGradient(p.shape(), dy, wDot, second);
        backend.convolutions().inputGradientTangent(p.shape(), dy, dyDot, w, wDot, dxDot);
        assertClose(plus(first.toDoubles(), 1, second.toDoubles()), dxDot.toDoubles(), tolerance(backend), "dxDot");
    }

    /** The weight gradient is bilinear in x and dy, so that central differences of any step are exact. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("problems")
    void tangentsOfWeightGradientsAreTheirSlopes(Backend backend, Problem p) {
        assertWeightGradientTangent(backend, p, tolerance(backend));
    }

    static Stream<Arguments> layers() {
        return TestBackends.all().flatMap(backend -> Stream.of(
                        new Problem(3, 1, 1, 4, 3, 128, 32, 32), new Problem(3, 1, 1, 4, 128, 128, 16, 16))
                .map(p -> Arguments.of(backend, p)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("layers")
    void tangentsOfWeightGradientsOfRealLayersAreTheirSlopes(Backend backend, Problem p) {
        assertWeightGradientTangent(backend, p, tolerance(backend));
    }

    private static void assertWeightGradientTangent(Backend backend, Problem p, double tolerance) {
        SplittableRandom random = new SplittableRandom(6);
        double[] x = normal(random, size(p.x()));
        double[] xDot = normal(random, x.length);
        double[] dy = normal(random, size(p.y()));
        double[] dyDot = normal(random, dy.length);
        Tensor dwDot = normal(backend, random, p.w());
        for (double[] moving : new double[][] {xDot, null}) {
            double[] ahead = moving == null ? x : plus(x, 0.5, moving);
            double[] behind = moving == null ? x : plus(x, -0.5, moving);
            double[] slope = plus(
                    weightGradient(p, ahead, plus(dy, 0.5, dyDot)),
                    -1,
                    weightGradient(p, behind, plus(dy, -0.5, dyDot)));
            backend.convolutions()
                    .weightGradientTangent(
                            p.shape(),
                            backend.of(x, p.x()),
                            moving == null ? null : backend.of(moving, p.x()),
                            backend.of(dy, p.y()),
                            backend.of(dyDot, p.y()),
                            dwDot);
            assertClose(slope, dwDot.toDoubles(), tolerance, moving == null ? "without xDot" : "with xDot");
        }
    }

    private static double[] weightGradient(Problem p, double[] x, double[] dy) {
        Backend exact = TestBackends.DOUBLE;
        Tensor dw = exact.zeros(p.w());
        exact.convolutions().gradients(p.shape(), exact.of(x, p.x()), dw, exact.of(dy, p.y()), null, dw);
        return dw.toDoubles();
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void rowsOfLargerBatchesGiveTheSameAndTouchNothingElse(Backend backend) {
        Problem p = PROBLEMS[0];
        SplittableRandom random = new SplittableRandom(4);
        Tensor x = normal(backend, random, 5, 3, 6, 6);
        Tensor w = normal(backend, random, p.w());
        Tensor y = backend.zeros(5, 4, 6, 6);
        backend.convolutions().forward(p.shape(), x.rows(2, 4), w, y.rows(2, 4));
        assertClose(
                convolve(p, x.rows(2, 4).toDoubles(), w.toDoubles()),
                y.rows(2, 4).toDoubles(),
                tolerance(backend));
        assertClose(new double[2 * 144], y.rows(0, 2).toDoubles(), 0, "rows before");
        assertClose(new double[144], y.rows(4, 5).toDoubles(), 0, "rows after");
        Tensor dx = backend.zeros(5, 3, 6, 6);
        Tensor whole = backend.zeros(p.x());
        backend.convolutions().inputGradient(p.shape(), y.rows(2, 4), w, dx.rows(1, 3));
        backend.convolutions().inputGradient(p.shape(), y.rows(2, 4), w, whole);
        assertClose(whole.toDoubles(), dx.rows(1, 3).toDoubles(), tolerance(backend));
        assertClose(new double[108], dx.rows(0, 1).toDoubles(), 0, "rows before");
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void biasIsAddedPerChannelAndItsGradientIsTheChannelSum(Backend backend) {
        SplittableRandom random = new SplittableRandom(5);
        Tensor y = normal(backend, random, 2, 3, 2, 2);
        double[] expected = y.toDoubles();
        double[] sums = new double[3];
        for (int i = 0; i < expected.length; i++) {
            sums[i / 4 % 3] += expected[i];
            expected[i] += i / 4 % 3 + 1;
        }
        Tensor gradient = normal(backend, random, 3);
        backend.convolutions().biasGradient(y, gradient);
        assertClose(sums, gradient.toDoubles(), tolerance(backend));
        backend.convolutions().addBias(backend.of(new double[] {1, 2, 3}, 3), y);
        assertClose(expected, y.toDoubles(), tolerance(backend));
    }
}
