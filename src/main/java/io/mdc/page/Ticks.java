package io.mdc.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Round numbers along an axis.
 *
 * @param from where it begins
 * @param to where it ends, beyond {@code from}
 * @param values ascending, between both; copied
 */
record Ticks(double from, double to, List<Double> values) {
    private static final int MOST = 7;
    private static final List<Double> STEPS = List.of(1.0, 2.0, 5.0, 10.0);

    Ticks {
        values = List.copyOf(values);
    }

    /** An axis that begins and ends at round numbers. */
    static Ticks around(double least, double most) {
        double span = most > least ? most - least : Math.max(1, Math.abs(most)) / 10;
        double step = step(span, 0);
        double from = Math.floor(least / step) * step;
        double to = Math.max(Math.ceil(most / step) * step, from + step);
        return new Ticks(from, to, between(from, to, step));
    }

    /** An axis from the least to the most exactly, with steps not smaller than {@code finest}. */
    static Ticks within(double least, double most, double finest) {
        if (most == least) {
            return new Ticks(least - 1, least + 1, List.of(least));
        }
        double to = most;
        double step = step(to - least, finest);
        return new Ticks(least, to, between(Math.ceil(least / step) * step, to, step));
    }

    private static double step(double span, double finest) {
        double power = Math.pow(10, Math.floor(Math.log10(span / MOST)));
        return STEPS.stream()
                .map(step -> step * power)
                .filter(step -> step >= finest && span / step <= MOST)
                .findFirst()
                .orElse(Math.max(finest, 10 * power));
    }

    private static List<Double> between(double from, double to, double step) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; from + i * step <= to + step / 1000; i++) {
            values.add(from + i * step);
        }
        return values;
    }
}
