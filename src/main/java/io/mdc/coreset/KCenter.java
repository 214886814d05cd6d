package io.mdc.coreset;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Greedy k-center: the point nearest to the mean, then always the one farthest from all chosen (Sener and Savarese,
 * "Active learning for convolutional neural networks: a core-set approach", 2018).
 */
public final class KCenter implements Coreset {

    @Override
    public int[] choose(double[][] points, int count, RandomGenerator random) {
        Euclid.requireEnough(points, count);
        double[] distance = new double[points.length];
        boolean[] taken = new boolean[points.length];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int[] chosen = new int[count];
        for (int k = 0; k < count; k++) {
            chosen[k] = k == 0
                    ? Euclid.nearest(points, Euclid.mean(points), taken)
                    : Euclid.least(taken, i -> -distance[i]);
            taken[chosen[k]] = true;
            double[] centre = points[chosen[k]];
            for (int i = 0; i < points.length; i++) {
                distance[i] = Math.min(distance[i], Euclid.squared(points[i], centre));
            }
        }
        return chosen;
    }
}
