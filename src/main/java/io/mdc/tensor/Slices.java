package io.mdc.tensor;

/** The same piece of every row of a matrix, as an array of some shape: a parameter in each of several sets, say. */
public final class Slices {
    private final Tensor[] slices;
    private final int stride;

    /**
     * Pieces that begin at column {@code first}.
     *
     * @param rows {@code [count, columns]}
     * @param shape of every piece
     */
    public Slices(Tensor rows, int first, int... shape) {
        stride = rows.dim(1);
        slices = new Tensor[rows.dim(0)];
        int size = Math.toIntExact(Tensor.elements(shape));
        for (int i = 0; i < slices.length; i++) {
            slices[i] = rows.rows(i, i + 1)
                    .reshape(stride)
                    .rows(first, first + size)
                    .reshape(shape);
        }
    }

    /** An array alone, as the only one; null of null. */
    public static Slices alone(Tensor array) {
        return array == null ? null : new Slices(array.reshape(1, Math.toIntExact(array.size())), 0, array.shape());
    }

    /** How many there are. */
    public int count() {
        return slices.length;
    }

    /** That of row {@code i}, as a view. */
    public Tensor of(int i) {
        return slices[i];
    }

    /** Elements from the beginning of one to that of the next. */
    public int stride() {
        return stride;
    }
}
