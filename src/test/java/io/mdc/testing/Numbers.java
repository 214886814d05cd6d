package io.mdc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** Random arrays, and comparisons of arrays. */
public final class Numbers {
    private Numbers() {}

    /** Standard normal numbers. */
    public static double[] normal(RandomGenerator random, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    /** Numbers uniform in [0, 1). */
    public static double[] uniform(RandomGenerator random, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextDouble());
        return values;
    }

    /** A tensor of standard normal numbers. */
    public static Tensor normal(Backend backend, RandomGenerator random, int... shape) {
        return backend.of(normal(random, Arrays.stream(shape).reduce(1, (a, b) -> a * b)), shape);
    }

    /** A tensor of numbers uniform in [0, 1). */
    public static Tensor uniform(Backend backend, RandomGenerator random, int... shape) {
        return backend.of(uniform(random, Arrays.stream(shape).reduce(1, (a, b) -> a * b)), shape);
    }

    /** A new array of {@code f} of every value. */
    public static double[] map(double[] values, DoubleUnaryOperator f) {
        return Arrays.stream(values).map(f).toArray();
    }

    /** {@code x + factor · y}. */
    public static double[] plus(double[] x, double factor, double[] y) {
        double[] sum = new double[x.length];
        Arrays.setAll(sum, i -> x[i] + factor * y[i]);
        return sum;
    }

    /** {@code Σ x y}. */
    public static double dot(double[] x, double[] y) {
        assertEquals(x.length, y.length);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** {@code ‖actual − expected‖ / ‖expected‖}, or the numerator where the denominator is 0. */
    public static double relativeError(double[] expected, double[] actual) {
        double norm = Math.sqrt(dot(expected, expected));
        double[] difference = plus(actual, -1, expected);
        return Math.sqrt(dot(difference, difference)) / (norm == 0 ? 1 : norm);
    }

    /** Fails unless {@link #relativeError} is at most {@code tolerance}. */
    public static void assertClose(double[] expected, double[] actual, double tolerance) {
        assertClose(expected, actual, tolerance, "arrays");
    }

    /** Fails, naming {@code what}, unless {@link #relativeError} is at most {@code tolerance}. */
    public static void assertClose(double[] expected, double[] actual, double tolerance, String what) {
        assertEquals(expected.length, actual.length, what);
        double error = relativeError(expected, actual);
        assertTrue(error <= tolerance, () -> what + " differ by " + error + ", at most " + tolerance + " is allowed");
    }

    /** Fails unless the two numbers agree up to {@code tolerance} times the larger of 1 and the expected one. */
    public static void assertClose(double expected, double actual, double tolerance, String what) {
        assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), what);
    }
}
