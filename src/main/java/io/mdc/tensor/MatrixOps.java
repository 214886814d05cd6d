package io.mdc.tensor;

/**
 * Products and row-wise reductions of matrices {@code [rows, columns]}, and the classifier's loss.
 *
 * <p>A tensor of more dimensions counts as the matrix {@code [first dimension, rest]}.
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
    double[] rowDots(Tensor a, Tensor b);

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

    /** The column of the largest element of every row, ties to the smaller column. */
    int[] rowArgmax(Tensor matrix);
}
