package io.mdc.evaluate;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Accuracies of repeated runs in percent.
 *
 * @param mean of the runs
 * @param std standard deviation of the population of runs, as NumPy's {@code std} and the authors' tables
 * @param runs one accuracy per repeat; copied
 */
public record Statistic(double mean, double std, List<Double> runs) {
    /** Copies the list. */
    public Statistic {
        runs = List.copyOf(runs);
    }

    /** The statistic of at least one run. */
    public static Statistic of(List<Double> runs) {
        double mean = average(runs.stream().mapToDouble(Double::doubleValue));
        double variance = average(runs.stream().mapToDouble(run -> (run - mean) * (run - mean)));
        return new Statistic(mean, Math.sqrt(variance), runs);
    }

    private static double average(DoubleStream values) {
        return values.average().orElseThrow();
    }
}
