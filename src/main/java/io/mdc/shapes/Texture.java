package io.mdc.shapes;

import java.util.random.RandomGenerator;

/** A pattern over the plane with values in [0, 1], coordinates in pixels. */
@FunctionalInterface
interface Texture {
    double at(double x, double y);

    /** A random pattern of a random kind. */
    static Texture random(RandomGenerator random) {
        return switch ((int) (4 * uniform(random, 0, 1))) {
            case 0 -> gradient(random);
            case 1 -> stripes(random);
            case 2 -> checks(random);
            default -> clouds(random);
        };
    }

    static Texture gradient(RandomGenerator random) {
        double angle = uniform(random, 0, 2 * StrictMath.PI);
        double dx = StrictMath.cos(angle) / 36;
        double dy = StrictMath.sin(angle) / 36;
        return (x, y) -> clamp(0.5 + (x - 16) * dx + (y - 16) * dy);
    }

    static Texture stripes(RandomGenerator random) {
        double angle = uniform(random, 0, 2 * StrictMath.PI);
        double period = uniform(random, 4, 9);
        double dx = StrictMath.cos(angle) / period;
        double dy = StrictMath.sin(angle) / period;
        return (x, y) -> wave(x * dx + y * dy);
    }

    static Texture checks(RandomGenerator random) {
        Texture rows = stripes(random);
        Texture columns = stripes(random);
        return (x, y) -> Math.abs(rows.at(x, y) - columns.at(x, y));
    }

    /** Random values on a grid of 8 pixels, interpolated bilinearly. */
    static Texture clouds(RandomGenerator random) {
        int cells = 6;
        double[] values = new double[cells * cells];
        for (int i = 0; i < values.length; i++) {
            values[i] = uniform(random, 0, 1);
        }
        return (x, y) -> {
            int column = (int) (x / 8);
            int row = (int) (y / 8);
            double fx = x / 8 - column;
            double fy = y / 8 - row;
            int at = row * cells + column;
            double top = values[at] + fx * (values[at + 1] - values[at]);
            double bottom = values[at + cells] + fx * (values[at + cells + 1] - values[at + cells]);
            return top + fy * (bottom - top);
        };
    }

    /** Draws from [low, high) with arithmetic that no library version changes. */
    static double uniform(RandomGenerator random, double low, double high) {
        return low + (high - low) * ((random.nextLong() >>> 11) * 0x1p-53);
    }

    /** A triangle wave of period 1 with flattened crests. */
    private static double wave(double phase) {
        double t = phase - Math.floor(phase);
        return clamp(0.5 + 1.5 * (Math.abs(2 * t - 1) - 0.5));
    }

    private static double clamp(double value) {
        return Math.min(1, Math.max(0, value));
    }
}
