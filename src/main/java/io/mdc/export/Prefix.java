package io.mdc.export;

import io.mdc.evaluate.CondensedSet;

/**
 * Which part of a set is exported.
 *
 * @param size stored images per class, from 1 to {@code ipc}
 * @param ipc stored images per class of the whole set
 * @param factor f: a stored image holds f×f training images
 * @param kind which images the file has
 */
public record Prefix(int size, int ipc, int factor, ImageKind kind) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Prefix {
        if (size < 1 || size > ipc || factor < 1) {
            throw new IllegalArgumentException("size " + size + " of " + ipc + ", factor " + factor);
        }
    }

    /** The part of that size. */
    public static Prefix of(CondensedSet set, ExportSize size, ImageKind kind) {
        return new Prefix(size.of(set.ipc()), set.ipc(), set.factor(), kind);
    }

    /** Training images in a stored one. */
    int tiles() {
        return factor * factor;
    }

    /** Whether the file has training images, as stored ones are where the factor is 1. */
    boolean isDecoded() {
        return kind == ImageKind.TRAINING || factor == 1;
    }
}
