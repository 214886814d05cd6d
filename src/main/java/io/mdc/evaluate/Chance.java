package io.mdc.evaluate;

import java.util.List;

/** Whether networks do better than guessing. */
public final class Chance {
    /** Standard errors; guessing is further above in one of 700 measurements. */
    private static final double ERRORS = 3;

    private Chance() {}

    /**
     * The accuracy, in percent, up to which a network may be guessing: 100 (p + 3 √(p (1 − p) / n)), p = 1/classes.
     *
     * @param images it was measured on, n
     */
    public static double bound(int classes, int images) {
        double p = 1.0 / classes;
        return 100 * (p + ERRORS * Math.sqrt(p * (1 - p) / images));
    }

    /** Of each network under each protocol, the result of the largest size, if its mean is not above the bound. */
    public static List<PrefixResult> of(Evaluation evaluation, int classes) {
        return evaluation.results().stream()
                .filter(result -> isLargest(result, evaluation))
                .filter(result -> result.last().mean()
                        <= bound(
                                classes,
                                evaluation.protocols().get(result.protocol()).testImages()))
                .toList();
    }

    private static boolean isLargest(PrefixResult result, Evaluation evaluation) {
        return evaluation.results(result.protocol()).stream()
                .noneMatch(other -> other.network().equals(result.network()) && other.size() > result.size());
    }
}
