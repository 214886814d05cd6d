package io.mdc.coreset;

import java.util.random.RandomGenerator;

/**
 * Herding: each point is the one with which the mean of those chosen comes nearest to the mean of all (Welling,
 * "Herding dynamical weights to learn", 2009; Rebuffi et al., "iCaRL", 2017).
 */
public final class Herding implements Coreset {

    @Override
    public int[] choose(double[][] points, int count, RandomGenerator random) {
        Euclid.requireEnough(points, count);
        double[] mean = Euclid.mean(points);
        // The point x nearest to (k + 1)·mean − Σ chosen gives the sum Σ chosen + x nearest to (k + 1)·mean.
        double[] wanted = mean.clone();
        boolean[] taken = new boolean[points.length];
        int[] chosen = new int[count];
        for (int k = 0; k < count; k++) {
            chosen[k] = Euclid.nearest(points, wanted, taken);
            taken[chosen[k]] = true;
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] += mean[i] - points[chosen[k]][i];
            }
        }
        return chosen;
    }
}
