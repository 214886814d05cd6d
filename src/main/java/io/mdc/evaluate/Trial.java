package io.mdc.evaluate;

import io.mdc.network.NetworkChoice;

/**
 * Which network is trained from scratch and measured.
 *
 * @param network its architecture or file
 * @param size stored images per class of the prefix it is trained on
 * @param repeat from 0
 */
public record Trial(NetworkChoice network, int size, int repeat) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if {@code size < 1} or {@code repeat < 0}
     */
    public Trial {
        if (size < 1 || repeat < 0) {
            throw new IllegalArgumentException("repeat " + repeat + " on a prefix of size " + size);
        }
    }
}
