package io.mdc.reproduce.exhibit;

import io.mdc.evaluate.Statistic;
import io.mdc.reproduce.plan.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured for a row.
 *
 * @param bySize by size, over all seeds and networks trained; sizes without a figure are left out
 * @param average of the sizes, over seeds; empty unless all sizes have been measured
 */
record Figures(Map<Integer, Statistic> bySize, Optional<Statistic> average) {
    /** What there is of a source. */
    static Figures of(Source source, Part part, List<Place> places, Findings findings) throws IOException {
        Map<Integer, Statistic> bySize = new LinkedHashMap<>();
        Map<Place, Double> sums = new LinkedHashMap<>();
        boolean all = true;
        for (int size : part.sizes()) {
            List<Double> figures = new ArrayList<>();
            for (Place place : places) {
                List<Double> ofRun = source.figures(place, size, findings);
                figures.addAll(ofRun);
                all &= !ofRun.isEmpty();
                ofRun.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .ifPresent(mean -> sums.merge(place, mean, Double::sum));
            }
            if (!figures.isEmpty()) {
                bySize.put(size, Statistic.of(figures));
            }
        }
        int sizes = part.sizes().size();
        return new Figures(
                bySize,
                all && !sums.isEmpty()
                        ? Optional.of(Statistic.of(
                                sums.values().stream().map(sum -> sum / sizes).toList()))
                        : Optional.empty());
    }

    /** The figure of a column that is a size. */
    Optional<Statistic> of(String column) {
        return Part.isSize(column) ? Optional.ofNullable(bySize.get(Integer.valueOf(column))) : Optional.empty();
    }

    /** Whether there is any figure. */
    boolean any() {
        return !bySize.isEmpty();
    }
}
