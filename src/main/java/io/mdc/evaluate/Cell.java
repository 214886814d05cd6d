package io.mdc.evaluate;

import io.mdc.network.NetworkChoice;
import java.util.OptionalInt;

/**
 * A network and the prefix it is trained on: a line of the results.
 *
 * @param network its architecture or file
 * @param width channels, see {@link io.mdc.network.Architecture#width}; empty for a file
 * @param size stored images per class in the prefix
 * @param images training images after decoding, all classes together
 * @param epochs it is trained for
 */
public record Cell(NetworkChoice network, OptionalInt width, int size, int images, int epochs) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is less than 1
     */
    public Cell {
        if (size < 1 || images < 1 || epochs < 1) {
            throw new IllegalArgumentException(
                    "a prefix of size " + size + ", " + images + " images and " + epochs + " epochs");
        }
    }
}
