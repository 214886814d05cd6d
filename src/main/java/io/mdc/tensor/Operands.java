package io.mdc.tensor;

import java.util.Arrays;

/** What primitives are given, checked before memory is touched; nothing is allocated where all is well. */
final class Operands {
    private Operands() {}

    /** Fails unless {@code x} is a batch {@code [n, c, h, w]} in that layout. */
    static void images(String name, Tensor x, Layout layout, int n, int c, int h, int w) {
        if (x.rank() != 4 || x.layout() != layout || x.dim(0) != n || x.dim(1) != c || x.dim(2) != h || x.dim(3) != w) {
            throw wrong(name, x, layout, Arrays.toString(new int[] {n, c, h, w}));
        }
    }

    /** Fails unless {@code x} is a batch of images of any size in that layout. */
    static void images(String name, Tensor x, Layout layout) {
        if (x.rank() != 4 || x.layout() != layout) {
            throw wrong(name, x, layout, "[n, C, H, W]");
        }
    }

    /** Fails unless {@code x} is a batch of images of any size in planes. */
    static void images(String name, Tensor x) {
        images(name, x, Layout.PLANES);
    }

    /** Fails unless {@code x} has the shape and layout of {@code y}. */
    static void like(String name, Tensor x, Tensor y) {
        if (x.layout() != y.layout() || !x.hasShapeOf(y)) {
            throw wrong(name, x, y.layout(), Arrays.toString(y.shape()));
        }
    }

    /** Fails unless {@code x} is the matrix {@code [rows, columns]}. */
    static void matrix(String name, Tensor x, int rows, int columns) {
        if (x.rank() != 2 || x.layout() != Layout.PLANES || x.dim(0) != rows || x.dim(1) != columns) {
            throw wrong(name, x, Layout.PLANES, Arrays.toString(new int[] {rows, columns}));
        }
    }

    /** Fails unless {@code x} counts as the matrix {@code [rows, columns]}, whatever its further dimensions. */
    static void rows(String name, Tensor x, int rows, long columns) {
        if (x.layout() != Layout.PLANES || x.dim(0) != rows || x.size() != rows * columns) {
            throw wrong(name, x, Layout.PLANES, "[" + rows + ", " + columns + "]");
        }
    }

    /** Fails unless {@code x} has that many elements in row-major order, whatever its shape. */
    static void elements(String name, Tensor x, long size) {
        if (x.layout() != Layout.PLANES || x.size() != size) {
            throw wrong(name, x, Layout.PLANES, "[" + size + "]");
        }
    }

    /** Fails unless {@code x} has as many elements as {@code y} in the same order, whatever their shapes. */
    static void sameSize(String name, Tensor x, Tensor y) {
        if (x.layout() != y.layout() || x.size() != y.size()) {
            throw wrong(name, x, y.layout(), "as many elements as " + Arrays.toString(y.shape()));
        }
    }

    /** Fails unless {@code groups} are of {@code samples} samples. */
    static void groups(Groups groups, int samples) {
        if (groups.samples() != samples) {
            throw new IllegalArgumentException(groups + " for a batch of " + samples);
        }
    }

    /** Fails unless there is a slice of {@code size} elements for each group. */
    static void slices(String name, Slices slices, Groups groups, long size) {
        if (slices.count() != groups.count() || slices.of(0).size() != size) {
            throw new IllegalArgumentException(name + ": " + slices.count() + " slices like " + slices.of(0) + " where "
                    + groups.count() + " of " + size + " elements are needed");
        }
    }

    /** Fails unless an array given beside tensors has that many entries. */
    static void length(String name, int length, int needed) {
        if (length != needed) {
            throw new IllegalArgumentException(name + ": " + length + " values where " + needed + " are needed");
        }
    }

    /** {@link #length}, one for all being enough. */
    static void perImage(String name, int length, int images) {
        if (length != 1) {
            length(name, length, images);
        }
    }

    /** The columns of {@code x} as the matrix {@code [first dimension, rest]}. */
    static long columns(Tensor x) {
        return x.size() / x.dim(0);
    }

    private static IllegalArgumentException wrong(String name, Tensor x, Layout layout, String needed) {
        return new IllegalArgumentException(name + ": " + Arrays.toString(x.shape()) + " in " + x.layout() + " where "
                + needed + " in " + layout + " is needed");
    }
}
