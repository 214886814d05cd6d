package io.mdc.coreset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.Seeds;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoresetTest {

    /** A cloud of points whose coordinates are not all alike. */
    private static double[][] cloud(int n, int length, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[][] points = new double[n][length];
        for (double[] point : points) {
            for (int i = 0; i < length; i++) {
                point[i] = random.nextGaussian() * (1 + i) + i;
            }
        }
        return points;
    }

    static Stream<Coreset> all() {
        return Stream.of(new KMeans(), new Herding(), new KCenter());
    }

    @ParameterizedTest
    @MethodSource("all")
    void pointsAreDistinctEvenIfAllAreAlike(Coreset coreset) {
        double[][] alike = new double[9][5];
        for (int count = 1; count <= 9; count++) {
            int[] chosen = coreset.choose(alike, count, new SplittableRandom(count));
            assertEquals(count, Arrays.stream(chosen).distinct().count());
        }
        double[][] two = cloud(2, 5, 1);
        double[][] copies = IntStream.range(0, 30).mapToObj(i -> two[i % 2]).toArray(double[][]::new);
        assertEquals(
                12,
                Arrays.stream(coreset.choose(copies, 12, new SplittableRandom(1)))
                        .distinct()
                        .count());
    }

    @ParameterizedTest
    @MethodSource("all")
    void allPointsCanBeTakenButNoMore(Coreset coreset) {
        double[][] points = cloud(20, 3, 2);
        assertArrayEquals(
                IntStream.range(0, 20).toArray(),
                Arrays.stream(coreset.choose(points, 20, new SplittableRandom(2)))
                        .sorted()
                        .toArray());
        assertThrows(IllegalArgumentException.class, () -> coreset.choose(points, 21, new SplittableRandom(2)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSameSeedChoosesTheSamePoints(Coreset coreset) {
        double[][] points = cloud(200, 7, 3);
        assertArrayEquals(
                coreset.choose(points, 10, new SplittableRandom(5)),
                coreset.choose(points, 10, new SplittableRandom(5)));
    }

    /** The blobs of make.py are so far apart that every start of k-means ends with the same clusters. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void kMeansTakesThePointsThatNumPyFindsNearestToTheCentres(long seed) throws IOException {
        NumpyArchive blobs = NumpyArchive.read(Path.of("src/test/resources/io/mdc/coreset/blobs.npz"));
        NumpyArray values = blobs.get("points");
        int length = values.shape()[1];
        double[][] points = new double[values.shape()[0]][];
        Arrays.setAll(points, i -> Arrays.copyOfRange(values.toDoubles(), i * length, (i + 1) * length));
        int[] chosen = new KMeans().choose(points, blobs.get("nearest").length(), Seeds.generator(seed, "test"));
        int[] expected = Arrays.stream(blobs.get("nearest").toDoubles())
                .mapToInt(n -> (int) n)
                .toArray();
        assertArrayEquals(expected, chosen, "largest cluster first");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void centresOfKMeansAreTheMeansOfThePointsNearestToThem(long seed) {
        double[][] points = cloud(300, 6, seed);
        double[][] centres = KMeans.centres(points, 8, new SplittableRandom(seed));
        int[] of = Arrays.stream(points)
                .mapToInt(point -> Euclid.least(new boolean[8], k -> Euclid.squared(point, centres[k])))
                .toArray();
        int before = points.length;
        for (int k = 0; k < 8; k++) {
            int own = k;
            double[][] cluster = IntStream.range(0, 300)
                    .filter(i -> of[i] == own)
                    .mapToObj(i -> points[i])
                    .toArray(double[][]::new);
            assertArrayEquals(Euclid.mean(cluster), centres[k], 1e-9);
            assertEquals(true, cluster.length <= before, "clusters are in order of their sizes");
            before = cluster.length;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void herdingBringsTheMeanOfThoseChosenAsNearAsItCan(long seed) {
        double[][] points = cloud(40, 6, seed);
        int[] chosen = new Herding().choose(points, 12, new SplittableRandom(0));
        double[] mean = Euclid.mean(points);
        for (int k = 0; k < chosen.length; k++) {
            int[] before = Arrays.copyOf(chosen, k);
            double least = IntStream.range(0, 40)
                    .filter(i -> Arrays.stream(before).noneMatch(b -> b == i))
                    .mapToDouble(i -> distanceOfMean(points, before, i, mean))
                    .min()
                    .orElseThrow();
            assertEquals(least, distanceOfMean(points, before, chosen[k], mean), 1e-9, "choice " + k);
        }
    }

    private static double distanceOfMean(double[][] points, int[] before, int more, double[] mean) {
        double sum = 0;
        for (int d = 0; d < mean.length; d++) {
            double own = points[more][d];
            for (int b : before) {
                own += points[b][d];
            }
            sum += Math.pow(own / (before.length + 1) - mean[d], 2);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void kCenterTakesThePointFarthestFromAllBefore(long seed) {
        double[][] points = cloud(40, 6, seed);
        int[] chosen = new KCenter().choose(points, 12, new SplittableRandom(0));
        double[] mean = Euclid.mean(points);
        for (double[] point : points) {
            assertEquals(true, Euclid.squared(points[chosen[0]], mean) <= Euclid.squared(point, mean));
        }
        for (int k = 1; k < chosen.length; k++) {
            int[] before = Arrays.copyOf(chosen, k);
            double farthest = IntStream.range(0, 40)
                    .mapToDouble(i -> gap(points, before, i))
                    .max()
                    .orElseThrow();
            assertEquals(farthest, gap(points, before, chosen[k]), 1e-9, "choice " + k);
        }
    }

    private static double gap(double[][] points, int[] before, int i) {
        return Arrays.stream(before)
                .mapToDouble(b -> {
                    double sum = 0;
                    for (int d = 0; d < points[i].length; d++) {
                        sum += Math.pow(points[i][d] - points[b][d], 2);
                    }
                    return sum;
                })
                .min()
                .orElseThrow();
    }

    @Test
    void squaredDistancesCountEveryCoordinate() {
        for (int length = 0; length < 10; length++) {
            double[] ones = new double[length];
            double[] minusOnes = new double[length];
            Arrays.fill(ones, 1);
            Arrays.fill(minusOnes, -1);
            assertEquals(4.0 * length, Euclid.squared(ones, minusOnes));
        }
    }
}
