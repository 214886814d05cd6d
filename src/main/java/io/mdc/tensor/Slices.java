package io.mdc.tensor;

/** The same piece of every row of a matrix, as an array of some shape: a parameter in each of several sets, say. */
public final class Slices {
    private final Tensor rows;
    private final int first;
    private final Tensor[] slices;

    /**
     * Pieces that begin at column {@code first}.
     *
     * @param rows {@code [count, columns]}
     * @param shape of every piece
     */
    public Slices(Tensor rows, int first, int... shape) {
        this.rows = rows;
        this.first = first;
        slices = new Tensor[rows.dim(0)];
        int size = Math.toIntExact(Tensor.elements(shape));
        int columns = rows.dim(1);
        for (int i = 0; i < slices.length; i++) {
            slices[i] = rows.rows(i, i + 1)
                    .reshape(columns)
                    .rows(first, first + size)
                    .reshape(shape);
        }
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
        return rows.dim(1);
    }

    /** The matrix, for primitives that go through all pieces at once. */
    public Tensor rows() {
        return rows;
    }

    /** The column at which pieces begin. */
    public int first() {
        return first;
    }
}
