package io.mdc.shapes;

import static io.mdc.shapes.Texture.uniform;

import java.util.random.RandomGenerator;

/** A colour, its components between 0 and 1. */
record Colour(double red, double green, double blue) {
    static final Colour BLACK = new Colour(0, 0, 0);

    /** A colour of any hue, neither grey nor black. */
    static Colour random(RandomGenerator random) {
        double hue = uniform(random, 0, 6);
        double saturation = uniform(random, 0.2, 0.85);
        double value = uniform(random, 0.2, 1);
        return new Colour(
                component(hue, saturation, value),
                component(hue + 4, saturation, value),
                component(hue + 2, saturation, value));
    }

    /** A component of a colour given by hue, saturation and value; it is largest at hues 0 and 6. */
    private static double component(double hue, double saturation, double value) {
        double share = Math.min(1, Math.max(0, Math.abs(hue % 6 - 3) - 1));
        return value * (1 - saturation * (1 - share));
    }

    /** This colour at 0, the other at 1. */
    Colour mix(Colour other, double share) {
        return new Colour(
                red + share * (other.red - red),
                green + share * (other.green - green),
                blue + share * (other.blue - blue));
    }

    /** The luminance with the weights of ITU-R BT.601. */
    double luminance() {
        return 0.299 * red + 0.587 * green + 0.114 * blue;
    }
}
