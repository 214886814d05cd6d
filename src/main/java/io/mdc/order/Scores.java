package io.mdc.order;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Scores of images, and their order: the lowest score is the image to keep first. */
public final class Scores {
    private Scores() {}

    /**
     * The epochs of highest training accuracy.
     *
     * @param epochs in order
     * @param best how many; of epochs that are equal, the earlier
     * @return numbers from 0, ascending
     */
    public static List<Integer> mostAccurate(List<EpochRecord> epochs, int best) {
        return IntStream.range(0, epochs.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer epoch) -> epochs.get(epoch).accuracy())
                        .reversed())
                .limit(best)
                .sorted()
                .toList();
    }

    /** The sum over epochs of each image's error. */
    public static double[] sum(List<EpochRecord> epochs) {
        double[] sums = new double[epochs.get(0).images()];
        for (EpochRecord epoch : epochs) {
            Arrays.setAll(sums, i -> sums[i] + epoch.error(i));
        }
        return sums;
    }

    /**
     * The images from {@code from} to {@code to} by their score, the lowest first; those that are equal in their own
     * order.
     */
    public static List<Integer> ascending(double[] scores, int from, int to) {
        return IntStream.range(from, to)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .toList();
    }
}
