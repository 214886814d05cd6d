package io.mdc.base;

/** Images of one size as unsigned bytes, wherever they are; several threads may read at once. */
@FunctionalInterface
public interface Pixels {

    /**
     * Copies an image.
     *
     * @param image its number
     * @param target receives {@code [C, H, W]} from its start
     */
    void copy(int image, byte[] target);
}
