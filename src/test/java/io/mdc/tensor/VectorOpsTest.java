package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.map;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation works on rows of a larger tensor, whose other rows must stay as they are. */
class VectorOpsTest {
    private SplittableRandom random;

    @BeforeEach
    void seed() {
        random = new SplittableRandom(1);
    }

    private Tensor whole(Backend backend) {
        return normal(backend, random, 6, 3, 2);
    }

    private static void assertOnlyRowsChanged(double[] before, Tensor whole, double[] expected, double tolerance) {
        double[] all = before.clone();
        System.arraycopy(expected, 0, all, 12, expected.length);
        assertClose(all, whole.toDoubles(), tolerance);
        assertArrayEquals(
                Arrays.copyOf(before, 12), Arrays.copyOf(whole.toDoubles(), 12), "rows before stay exactly the same");
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void sumsAndScalingsAreTheirDefinitions(Backend backend) {
        Tensor whole = whole(backend);
        double[] before = whole.toDoubles();
        Tensor x = whole.rows(2, 5);
        double[] old = x.toDoubles();
        Tensor y = normal(backend, random, 18);
        double tolerance = TestBackends.rounding(backend);

        backend.vectors().addScaled(-0.75, y, x);
        assertOnlyRowsChanged(before, whole, plus(old, -0.75, y.toDoubles()), tolerance);
        backend.vectors().copy(y, x);
        assertOnlyRowsChanged(before, whole, y.toDoubles(), 0);
        backend.vectors().addScaled(1, y, x);
        backend.vectors().scale(-3, x);
        assertOnlyRowsChanged(before, whole, map(y.toDoubles(), v -> -6 * v), tolerance);
        backend.vectors().subtract(x, y, x);
        assertOnlyRowsChanged(before, whole, map(y.toDoubles(), v -> -7 * v), tolerance);
        Tensor out = backend.zeros(9, 2);
        backend.vectors().subtract(y, x, out);
        assertClose(map(y.toDoubles(), v -> 8 * v), out.toDoubles(), tolerance);
        backend.vectors().fill(x, 2.5);
        assertOnlyRowsChanged(before, whole, map(old, v -> 2.5), 0);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void normsAreTheirDefinitions(Backend backend) {
        Tensor x = whole(backend).rows(1, 6);
        double[] values = x.toDoubles();
        double tolerance = TestBackends.rounding(backend);
        assertClose(dot(values, values), backend.vectors().sumOfSquares(x).first(), tolerance, "squares");
        assertClose(
                dot(values, map(values, Math::signum)),
                backend.vectors().sumOfMagnitudes(x).first(),
                tolerance,
                "magnitudes");
        assertClose(0, backend.vectors().sumOfSquares(backend.zeros(3)).first(), 0, "squares of zeros");
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void signIsZeroAtZero(Backend backend) {
        Tensor x = backend.of(new double[] {-2, 0, 1e-30, 5}, 4);
        Tensor out = backend.of(new double[] {9, 9, 9, 9}, 2, 2);
        backend.vectors().sign(x, out);
        assertArrayEquals(new double[] {-1, 0, 1, 1}, out.toDoubles());
        backend.vectors().sign(x, x);
        assertArrayEquals(new double[] {-1, 0, 1, 1}, x.toDoubles());
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void clampLimitsBothSides(Backend backend) {
        Tensor whole = whole(backend);
        double[] before = whole.toDoubles();
        Tensor x = whole.rows(2, 5);
        double[] expected = map(x.toDoubles(), v -> Math.min(Math.max(v, -0.25), 0.5));
        backend.vectors().clamp(x, -0.25, 0.5);
        assertOnlyRowsChanged(before, whole, expected, 0);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void momentumStepsAreTheirDefinition(Backend backend) {
        Tensor whole = whole(backend);
        double[] before = whole.toDoubles();
        Tensor x = whole.rows(2, 5);
        Tensor gradient = normal(backend, random, 18);
        Tensor velocity = normal(backend, random, 3, 6);
        double[] position = x.toDoubles();
        double[] speed = velocity.toDoubles();
        double[] slope = gradient.toDoubles();
        for (double decay : new double[] {0, 0.1}) {
            speed = plus(plus(map(speed, v -> 0.9 * v), 1, slope), decay, position);
            position = plus(position, -0.2, speed);
            backend.vectors().momentumStep(x, gradient, velocity, 0.2, 0.9, decay);
            assertOnlyRowsChanged(before, whole, position, TestBackends.rounding(backend));
            assertClose(speed, velocity.toDoubles(), TestBackends.rounding(backend), "velocity");
            assertArrayEquals(slope, gradient.toDoubles(), "the gradient is read only");
        }
    }
}
