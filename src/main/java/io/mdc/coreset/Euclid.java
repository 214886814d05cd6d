package io.mdc.coreset;

import java.util.function.IntToDoubleFunction;

/** Distances between points, and what is nearest or farthest by them; ties go to the lowest number. */
final class Euclid {
    private Euclid() {}

    /** The squared distance. */
    static double squared(double[] point, double[] other) {
        // Four sums, because the JIT keeps one in order and waits for every addition.
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < point.length; i += 4) {
            double first = point[i] - other[i];
            double second = point[i + 1] - other[i + 1];
            double third = point[i + 2] - other[i + 2];
            double fourth = point[i + 3] - other[i + 3];
            a += first * first;
            b += second * second;
            c += third * third;
            d += fourth * fourth;
        }
        for (; i < point.length; i++) {
            double rest = point[i] - other[i];
            a += rest * rest;
        }
        return a + b + (c + d);
    }

    /** The mean of all points. */
    static double[] mean(double[][] points) {
        double[] mean = new double[points[0].length];
        for (double[] point : points) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += point[i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= points.length;
        }
        return mean;
    }

    /** Which of those not taken is nearest to a place. */
    static int nearest(double[][] points, double[] place, boolean[] taken) {
        return least(taken, i -> squared(points[i], place));
    }

    /** Which of those not taken has the least value. */
    static int least(boolean[] taken, IntToDoubleFunction value) {
        int best = -1;
        double least = 0;
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                double own = value.applyAsDouble(i);
                if (best < 0 || own < least) {
                    best = i;
                    least = own;
                }
            }
        }
        return best;
    }

    /**
     * Checks that there are enough points.
     *
     * @throws IllegalArgumentException if there are fewer than {@code count}
     */
    static void requireEnough(double[][] points, int count) {
        if (count < 1 || points.length < count) {
            throw new IllegalArgumentException(count + " of " + points.length + " points");
        }
    }
}
