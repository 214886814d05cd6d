package io.mdc.evaluate;

/**
 * One network that is trained from scratch and measured.
 *
 * @param cell which network, on which prefix
 * @param repeat from 0
 */
public record Trial(Cell cell, int repeat) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if {@code repeat < 0}
     */
    public Trial {
        if (repeat < 0) {
            throw new IllegalArgumentException("repeat " + repeat);
        }
    }
}
