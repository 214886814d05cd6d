package io.mdc.evaluate;

import java.util.Collections;
import java.util.List;

/**
 * Accuracy on the test set while one network was trained for E epochs.
 *
 * @param percents after E/4, E/2, 3E/4 and E epochs
 */
public record Accuracies(List<Double> percents) {
    /** How often a network is measured. */
    static final int MEASUREMENTS = 4;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if they are not four numbers from 0 to 100
     */
    public Accuracies {
        percents = List.copyOf(percents);
        if (percents.size() != MEASUREMENTS || !percents.stream().allMatch(percent -> percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("accuracies in percent at " + MEASUREMENTS + " times, got " + percents);
        }
    }

    /** The accuracy after the last epoch. */
    public double last() {
        return percents.get(MEASUREMENTS - 1);
    }

    /** The best of the four, as the paper's authors report; chosen on the test set. */
    public double best() {
        return Collections.max(percents);
    }
}
