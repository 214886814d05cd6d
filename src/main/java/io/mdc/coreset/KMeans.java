package io.mdc.coreset;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math4.legacy.ml.clustering.CentroidCluster;
import org.apache.commons.math4.legacy.ml.clustering.DoublePoint;
import org.apache.commons.math4.legacy.ml.clustering.ElkanKMeansPlusPlusClusterer;
import org.apache.commons.math4.legacy.ml.clustering.KMeansPlusPlusClusterer.EmptyClusterStrategy;

/**
 * K-means with as many clusters as points are wanted: the point nearest to each centre, largest cluster first; one that
 * is nearest to several stands for the first of them.
 *
 * <p>Commons Math clusters, by Elkan's algorithm from centres of k-means++ (docs/adr/0015); on one thread.
 */
public final class KMeans implements Coreset {
    private static final int MOST_ITERATIONS = 100;

    @Override
    public int[] choose(double[][] points, int count, RandomGenerator random) {
        Euclid.requireEnough(points, count);
        boolean[] taken = new boolean[points.length];
        int[] chosen = new int[count];
        // The library needs as many different points as clusters; of points all alike any will do.
        long different = Arrays.stream(points)
                .map(DoubleBuffer::wrap)
                .distinct()
                .limit(count)
                .count();
        double[][] centres = centres(points, (int) different, random);
        for (int k = 0; k < count; k++) {
            chosen[k] = Euclid.nearest(points, centres[k % centres.length], taken);
            taken[chosen[k]] = true;
        }
        return chosen;
    }

    /** Centres of the clusters, the largest cluster's first. */
    static double[][] centres(double[][] points, int count, RandomGenerator random) {
        List<DoublePoint> shared = Arrays.stream(points).map(DoublePoint::new).toList();
        return new ElkanKMeansPlusPlusClusterer<DoublePoint>(
                        count,
                        MOST_ITERATIONS,
                        (one, other) -> Math.sqrt(Euclid.squared(one, other)),
                        random::nextLong,
                        EmptyClusterStrategy.FARTHEST_POINT)
                .cluster(shared).stream()
                        .sorted(Comparator.comparingInt((CentroidCluster<DoublePoint> cluster) ->
                                        cluster.getPoints().size())
                                .reversed())
                        .map(cluster -> cluster.centroid().getPoint())
                        .toArray(double[][]::new);
    }
}
