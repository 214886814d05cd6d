package io.mdc.tensor;

/**
 * Products and row-wise reductions of matrices {@code [rows, columns]}, and the classifier's loss.
 *
 * <p>A tensor of more dimensions counts as the matrix {@code [first dimension, rest]}. Those that name groups treat the
 * rows of each on their own; a backend without {@link SetOps} takes one group.
 */
public interface MatrixOps {

    /** {@code out = op(a) · op(b) + beta · out}, op being the transpose where asked. */
    void multiply(Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta, Tensor out);

    /** Adds the vector {@code row [columns]} to every row of {@code matrix}. */
    void addToRows(Tensor row, Tensor matrix);

    /** {@code out[j] = Σ_i matrix[i, j]}. */
    void columnSums(Tensor matrix, Tensor out);

    /** {@code out[j, i] = matrix[i, j]}. */
    void transpose(Tensor matrix, Tensor out);

    /** {@code Σ_j a[i, j] · b[i, j]} for every row i. */
    Numbers rowDots(Tensor a, Tensor b);

    /** {@code out[i, :] = p[i] · a[i, :] + q[i] · b[i, :]}; {@code out} is neither a nor b. */
    void combineRows(double[] p, Tensor a, double[] q, Tensor b, Tensor out);

    /**
     * Softmax cross-entropy {@code Σ_i −Σ_k targets[i, k] log softmax(logits[i])[k]}, unweighted.
     *
     * @param logits {@code [n, classes]}, read only
     * @param targets {@code [n, classes]}, rows summing to 1, read only
     * @param weight factor of every sample in the gradient
     * @param probabilities {@code [n, classes]}, overwritten with the softmax
     * @param delta {@code [n, classes]}, overwritten with {@code weight · (probabilities − targets)}
     */
    double softmaxLoss(Tensor logits, Tensor targets, double weight, Tensor probabilities, Tensor delta);

    /**
     * The tangent of {@link #softmaxLoss}'s gradient: {@code out = weight · p ⊙ (logitsTangent − Σ_k p_k
     * logitsTangent_k)}.
     */
    void softmaxLossTangent(Tensor probabilities, Tensor logitsTangent, double weight, Tensor out);

    /**
     * {@code out[i, :] = op(b_g)ᵀ a[i, :] + beta · out[i, :]} for the rows i of every group g, with a matrix of its
     * own.
     */
    default void multiply(Tensor a, Groups groups, Slices b, boolean transposeB, double beta, Tensor out) {
        groups.requireOne();
        multiply(a, false, b.of(0), transposeB, beta, out);
    }

    /** {@code out_g = a_gᵀ · b_g + beta · out_g}, a_g and b_g being the rows of group g. */
    default void multiplyTransposed(Tensor a, Tensor b, Groups groups, double beta, Slices out) {
        groups.requireOne();
        multiply(a, true, b, false, beta, out.of(0));
    }

    /** {@code y = x · w}, and {@code bias} added to every row. */
    default void linear(Tensor x, Tensor w, Tensor bias, Tensor y) {
        multiply(x, false, w, false, 0, y);
        addToRows(bias, y);
    }

    /** The adjoint of {@link #linear} for weights and bias: {@link #multiplyTransposed} and {@link #columnSums}. */
    default void linearGradients(Tensor x, Tensor dy, Groups groups, Slices dw, Slices dBias) {
        multiplyTransposed(x, dy, groups, 0, dw);
        columnSums(dy, groups, dBias);
    }

    /** {@link #addToRows} with a row for each group. */
    default void addToRows(Slices rows, Groups groups, Tensor matrix) {
        groups.requireOne();
        addToRows(rows.of(0), matrix);
    }

    /** {@link #columnSums} of each group's rows. */
    default void columnSums(Tensor matrix, Groups groups, Slices out) {
        groups.requireOne();
        columnSums(matrix, out.of(0));
    }

    /** {@link #softmaxLoss} of each group, whose samples have its weight. */
    default Numbers softmaxLoss(
            Tensor logits, Tensor targets, Groups groups, double[] weights, Tensor probabilities, Tensor delta) {
        groups.requireOne();
        return Numbers.of(softmaxLoss(logits, targets, weights[0], probabilities, delta));
    }

    /** {@link #softmaxLossTangent} with a weight for each group. */
    default void softmaxLossTangent(
            Tensor probabilities, Tensor logitsTangent, Groups groups, double[] weights, Tensor out) {
        groups.requireOne();
        softmaxLossTangent(probabilities, logitsTangent, weights[0], out);
    }

    /** The column of the largest element of every row, ties to the smaller column. */
    int[] rowArgmax(Tensor matrix);
}
