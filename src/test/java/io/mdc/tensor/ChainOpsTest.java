package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.map;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chain against its definition, central differences and its twin. */
class ChainOpsTest {
    private static final double EPSILON = 1e-5;
    private static final double STEP = 1e-6;

    /** Everything the four operations read and write, for one random problem. */
    private static final class Problem {
        private final Chain chain;
        private final int n;
        private final int channels;
        private final int height;
        private final int width;
        private double[] z;
        private double[] gamma;
        private double[] beta;
        private double[] dy;
        private final double[] zDot;
        private final double[] gammaDot;
        private final double[] betaDot;
        private final double[] dyDot;
        /** Which of the tangents of the gradients with respect to z, γ and β are asked for. */
        private List<Boolean> wanted = List.of(true, true, true);

        Problem(Chain chain, int n, int channels, int height, int width) {
            SplittableRandom random = new SplittableRandom(100L * n + 10L * height + width + chain.pool());
            this.chain = chain;
            this.n = n;
            this.channels = channels;
            this.height = height;
            this.width = width;
            int planes = n * channels;
            int pooled = height / chain.pool() * (width / chain.pool());
            z = normal(random, planes * height * width);
            gamma = map(normal(random, channels), g -> 1 + 0.3 * g);
            beta = map(normal(random, channels), b -> 0.3 * b);
            dy = normal(random, planes * pooled);
            zDot = normal(random, z.length);
            gammaDot = normal(random, channels);
            betaDot = normal(random, channels);
            dyDot = normal(random, dy.length);
        }

        /** The same problem after a step along all directions. */
        Problem moved(double step) {
            Problem moved = new Problem(chain, n, channels, height, width);
            moved.z = plus(z, step, zDot);
            moved.gamma = plus(gamma, step, gammaDot);
            moved.beta = plus(beta, step, betaDot);
            moved.dy = plus(dy, step, dyDot);
            return moved;
        }

        Solution solve(Backend backend) {
            int[] full = {n, channels, height, width};
            int[] pooled = {n, channels, height / chain.pool(), width / chain.pool()};
            Tensor input = backend.of(z, full);
            Tensor scale = backend.of(gamma, channels);
            Tensor shift = backend.of(beta, channels);
            Tensor statistics = backend.zeros(ChainOps.STATISTICS, n * channels);
            Tensor y = dirty(backend, pooled);
            Tensor dz = dirty(backend, full);
            Tensor dGamma = dirty(backend, channels);
            Tensor dBeta = dirty(backend, channels);
            Tensor yDot = dirty(backend, pooled);
            Tensor dzDot = dirty(backend, full);
            Tensor dGammaDot = dirty(backend, channels);
            Tensor dBetaDot = dirty(backend, channels);
            Tensor outer = backend.of(dy, pooled);
            Tensor direction = backend.of(zDot, full);
            Tensor scaleDot = backend.of(gammaDot, channels);
            ChainOps ops = backend.chains();
            ops.forward(chain, input, scale, shift, statistics, y);
            ops.backward(chain, input, scale, shift, statistics, outer, dz, dGamma, dBeta);
            ops.tangent(
                    chain, input, scale, shift, statistics, direction, scaleDot, backend.of(betaDot, channels), yDot);
            ops.backwardTangent(
                    chain,
                    input,
                    scale,
                    shift,
                    statistics,
                    direction,
                    scaleDot,
                    outer,
                    backend.of(dyDot, pooled),
                    wanted.get(0) ? dzDot : null,
                    wanted.get(1) ? dGammaDot : null,
                    wanted.get(2) ? dBetaDot : null);
            return new Solution(
                    y.toDoubles(),
                    statistics.toDoubles(),
                    dz.toDoubles(),
                    dGamma.toDoubles(),
                    dBeta.toDoubles(),
                    yDot.toDoubles(),
                    dzDot.toDoubles(),
                    dGammaDot.toDoubles(),
                    dBetaDot.toDoubles());
        }
    }

    private record Solution(
            double[] y,
            double[] statistics,
            double[] dz,
            double[] dGamma,
            double[] dBeta,
            double[] yDot,
            double[] dzDot,
            double[] dGammaDot,
            double[] dBetaDot) {}

    /** Outputs must be overwritten, so they start with values that would show. */
    private static Tensor dirty(Backend backend, int... shape) {
        Tensor tensor = backend.zeros(shape);
        backend.vectors().fill(tensor, 77);
        return tensor;
    }

    static Stream<Arguments> problems() {
        return problems(new int[][] {{1, 4, 16, 16}, {2, 3, 5, 7}, {3, 1, 4, 11}, {2, 128, 32, 32}}, 1, 2, 3, 4);
    }

    static Stream<Arguments> fewProblems() {
        return problems(new int[][] {{2, 3, 5, 7}, {1, 2, 6, 6}}, 1, 2, 3);
    }

    private static Stream<Arguments> problems(int[][] shapes, Integer... pools) {
        return Stream.of(shapes).flatMap(shape -> Stream.of(pools).flatMap(pool -> Stream.of(true, false)
                .map(relu -> Arguments.of(relu, pool, shape[0], shape[1], shape[2], shape[3]))));
    }

    @ParameterizedTest(name = "relu {0}, pool {1}, [{2}, {3}, {4}, {5}]")
    @MethodSource("problems")
    void twinsAgreeWithDoublePrecision(boolean relu, int pool, int n, int channels, int height, int width) {
        Problem problem = new Problem(new Chain(relu, pool, EPSILON), n, channels, height, width);
        Solution reference = problem.solve(TestBackends.DOUBLE);
        for (Backend backend : new Backend[] {TestBackends.FLOAT, TestBackends.HOST}) {
            Solution solution = problem.solve(backend);
            double tolerance = 1e-5;
            assertClose(reference.y, solution.y, tolerance, backend.name() + " y");
            assertClose(reference.statistics, solution.statistics, tolerance, backend.name() + " statistics");
            assertClose(reference.dz, solution.dz, tolerance, backend.name() + " dz");
            assertClose(reference.dGamma, solution.dGamma, tolerance, backend.name() + " dGamma");
            assertClose(reference.dBeta, solution.dBeta, tolerance, backend.name() + " dBeta");
            assertClose(reference.yDot, solution.yDot, tolerance, backend.name() + " yDot");
            assertClose(reference.dzDot, solution.dzDot, tolerance, backend.name() + " dzDot");
            assertClose(reference.dGammaDot, solution.dGammaDot, tolerance, backend.name() + " dGammaDot");
            assertClose(reference.dBetaDot, solution.dBetaDot, tolerance, backend.name() + " dBetaDot");
        }
    }

    @ParameterizedTest(name = "relu {0}, pool {1}, [{2}, {3}, {4}, {5}]")
    @MethodSource("fewProblems")
    void derivativesAgreeWithCentralDifferences(boolean relu, int pool, int n, int channels, int height, int width) {
        Problem problem = new Problem(new Chain(relu, pool, EPSILON), n, channels, height, width);
        Solution here = problem.solve(TestBackends.DOUBLE);
        Solution ahead = problem.moved(STEP).solve(TestBackends.DOUBLE);
        Solution behind = problem.moved(-STEP).solve(TestBackends.DOUBLE);
        assertClose(slope(behind.y, ahead.y), here.yDot, 1e-7, "tangent");
        assertClose(slope(behind.dz, ahead.dz), here.dzDot, 1e-7, "tangent of the gradient");
        assertClose(slope(behind.dGamma, ahead.dGamma), here.dGammaDot, 1e-7, "tangent of gamma's gradient");
        assertClose(slope(behind.dBeta, ahead.dBeta), here.dBetaDot, 1e-7, "tangent of beta's gradient");
        // ⟨dy, ẏ⟩ = ⟨dz, ż⟩ + ⟨dγ, γ̇⟩ + ⟨dβ, β̇⟩: the adjoint of the tangent is the gradient
        double forward = dot(problem.dy, here.yDot);
        double backward =
                dot(here.dz, problem.zDot) + dot(here.dGamma, problem.gammaDot) + dot(here.dBeta, problem.betaDot);
        assertClose(forward, backward, 1e-12, "adjoint");
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void eachTangentOfAGradientCanBeHadAlone(Backend backend) {
        Problem problem = new Problem(new Chain(true, 2, EPSILON), 2, 3, 6, 6);
        Solution all = problem.solve(backend);
        double[][] expected = {all.dzDot, all.dGammaDot, all.dBetaDot};
        for (int i = 0; i < expected.length; i++) {
            problem.wanted = List.of(i == 0, i == 1, i == 2);
            Solution one = problem.solve(backend);
            double[][] actual = {one.dzDot, one.dGammaDot, one.dBetaDot};
            for (int k = 0; k < expected.length; k++) {
                assertArrayEquals(k == i ? expected[k] : map(expected[k], v -> 77), actual[k], i + " of " + k);
            }
        }
    }

    private static double[] slope(double[] behind, double[] ahead) {
        return map(plus(ahead, -1, behind), d -> d / (2 * STEP));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void forwardNormalisesEachPlaneThenCutsThenAverages(Backend backend) {
        Chain chain = new Chain(true, 2, 1e-5);
        // mean 3, variance 5; the last column fills no window
        Tensor z = backend.of(new double[] {0, 4, 3, 2, 6, 3}, 1, 1, 2, 3);
        Tensor y = backend.zeros(1, 1, 1, 1);
        Tensor statistics = backend.zeros(4, 1);
        backend.chains()
                .forward(chain, z, backend.of(new double[] {2}, 1), backend.of(new double[] {0.5}, 1), statistics, y);
        double r = 1 / Math.sqrt(20.0 / 6 + 1e-5);
        double expected = (0 + (2 * r + 0.5) + Math.max(0, -2 * r + 0.5) + (6 * r + 0.5)) / 4;
        assertClose(new double[] {expected}, y.toDoubles(), 1e-6);
        assertEquals(3, statistics.toDoubles()[0], 1e-6);
        assertEquals(r, statistics.toDoubles()[1], 1e-6);
    }

    @Test
    void pixelsOutsideEveryWindowGetOnlyWhatTheNormSpreads() {
        // without correlation and mean there is nothing to spread: dy = 0 must give dz = 0 even after other sizes
        Chain chain = new Chain(false, 3, EPSILON);
        new Problem(new Chain(true, 1, EPSILON), 1, 2, 20, 20).solve(TestBackends.HOST);
        Problem problem = new Problem(chain, 2, 2, 8, 8);
        problem.dy = new double[problem.dy.length];
        assertEquals(0, dot(problem.solve(TestBackends.HOST).dz, problem.solve(TestBackends.HOST).dz));
    }

    @Test
    void aConstantPlaneBecomesTheShift() {
        for (Backend backend : new Backend[] {TestBackends.DOUBLE, TestBackends.FLOAT, TestBackends.HOST}) {
            Tensor z = backend.zeros(1, 1, 4, 4);
            backend.vectors().fill(z, 0.25);
            Tensor y = backend.zeros(1, 1, 2, 2);
            backend.chains()
                    .forward(
                            new Chain(true, 2, EPSILON),
                            z,
                            backend.of(new double[] {3}, 1),
                            backend.of(new double[] {0.125}, 1),
                            backend.zeros(4, 1),
                            y);
            assertClose(new double[] {0.125, 0.125, 0.125, 0.125}, y.toDoubles(), 1e-6, backend.name());
        }
    }
}
