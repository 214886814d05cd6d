package io.mdc.evaluate;

import java.util.List;

/**
 * Accuracies of repeated runs in percent.
 *
 * @param mean of the runs
 * @param std standard deviation of the population of runs, as NumPy's {@code std} and the authors' tables
 * @param runs one accuracy per repeat
 */
public record Statistic(double mean, double std, List<Double> runs) {

    static Statistic of(List<Double> runs) {
        double mean = runs.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        double variance = runs.stream()
                .mapToDouble(run -> (run - mean) * (run - mean))
                .average()
                .orElse(Double.NaN);
        return new Statistic(mean, Math.sqrt(variance), List.copyOf(runs));
    }
}
