package io.mdc.directory;

import java.util.List;

/**
 * What a log of a value a line says.
 *
 * @param lines those that can be read, in their order; copied
 * @param damaged how many others there are, without one that is being written
 */
public record Log<T>(List<T> lines, int damaged) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public Log {
        lines = List.copyOf(lines);
        if (damaged < 0) {
            throw new IllegalArgumentException("damaged lines: " + damaged);
        }
    }
}
