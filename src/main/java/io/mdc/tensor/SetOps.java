package io.mdc.tensor;

/**
 * Arithmetic on many sets of parameters at once, each a row of a matrix, on a backend whose primitives take several
 * {@link Groups} of samples.
 */
public interface SetOps {

    /** A distance between sets that is a sum over their arrays, see {@code io.mdc.matching}. */
    enum Measure {
        /** {@code Σ_rows 1 − g·h/m} with {@code m = ‖g‖‖h‖ + 10⁻⁶}. */
        COSINE,
        /** {@code Σ (g − h)²}. */
        SQUARES,
        /** {@code Σ |g − h|}. */
        MAGNITUDES
    }

    /**
     * A row of an array within a set: elements {@code first}, {@code first + step}, …
     *
     * @param length number of elements
     */
    record Row(int first, int step, int length) {}

    /** {@code out[i, :] = Σ_k coefficients[i][k] · sets[k, :]}. */
    void combine(double[][] coefficients, Tensor sets, Tensor out);

    /**
     * Distances between sets.
     *
     * @param rows those that count; others have a derivative of 0
     * @param own {@code [n, P]}, read only
     * @param other {@code [m, P]}, read only
     * @param otherOf the row of {@code other} that each of {@code own} is compared with
     * @param derivative {@code [n, P]}, overwritten with the derivatives with respect to {@code own}
     * @return the distance of each of {@code own}
     */
    Numbers distances(Measure measure, Row[] rows, Tensor own, Tensor other, int[] otherOf, Tensor derivative);
}
