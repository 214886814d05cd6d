package io.mdc.engine.step;

import java.util.random.RandomGenerator;

/**
 * How the values of a parameter are drawn when a network is made anew.
 *
 * @param kind shape of the distribution
 * @param scale half the width of a uniform distribution about 0, the standard deviation of a normal one about 0, or the
 *     constant
 */
public record Draw(Kind kind, double scale) {
    /** Shapes of distributions. */
    public enum Kind {
        /** Every value is the scale. */
        CONSTANT,
        /** U(−scale, scale). */
        UNIFORM,
        /** N(0, scale²). */
        NORMAL
    }

    /** Always the same value. */
    public static Draw constant(double value) {
        return new Draw(Kind.CONSTANT, value);
    }

    /** U(±1/√fanIn): PyTorch's default for the weights and biases of convolution and linear layers. */
    public static Draw fanIn(int fanIn) {
        return new Draw(Kind.UNIFORM, 1 / Math.sqrt(fanIn));
    }

    /** Draws one value. */
    public double value(RandomGenerator random) {
        return switch (kind) {
            case CONSTANT -> scale;
            case UNIFORM -> scale * (2 * random.nextDouble() - 1);
            case NORMAL -> scale * random.nextGaussian();
        };
    }
}
