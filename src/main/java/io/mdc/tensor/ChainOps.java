package io.mdc.tensor;

/**
 * Instance norm + ReLU + average pooling as one step, because each alone is bound by memory.
 *
 * <p>With mean and variance over each plane, {@code r = 1/√(var + ε)}, {@code x̂ = r(z − mean)}: {@code y = pool(relu(γ
 * x̂ + β))}. Shapes: z, dz {@code [n, C, H, W]}; γ, β {@code [C]}; y, dy {@code [n, C, H/pool, W/pool]}; statistics
 * {@code [4, n·C]}, rows: mean, r, mean of zDot, mean of x̂·zDot. The first two rows are written by {@link #forward},
 * the others by {@link #tangent}; callers only hand them on. Outputs are overwritten.
 *
 * <p>The gradient of the norm {@code ∂/∂z} of the loss, given {@code a = γ·relu'·poolᵀ(dy)}, is {@code r(a − mean a −
 * x̂ mean(a x̂))} (Ulyanov et al., "Instance Normalization", 2016, for the norm itself).
 */
public interface ChainOps {

    /** Rows of the statistics tensor. */
    int STATISTICS = 4;

    /** {@code y} and the statistics of {@code z}. */
    void forward(Chain chain, Tensor z, Tensor gamma, Tensor beta, Tensor statistics, Tensor y);

    /** The adjoint: gradients with respect to z, γ and β. */
    void backward(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor dy,
            Tensor dz,
            Tensor dGamma,
            Tensor dBeta);

    /** The tangent of {@link #forward} in the direction (zDot, gammaDot, betaDot). */
    void tangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Tensor gammaDot,
            Tensor betaDot,
            Tensor yDot);

    /**
     * The tangents of {@link #backward}'s results, after {@link #tangent} with the same directions; each null if not
     * wanted.
     *
     * <p>With {@code u = relu'·poolᵀ(dy)} and its tangent {@code u̇ = relu'·poolᵀ(dyDot)}, sums being over samples and
     * positions: {@code dGammaDot = Σ (u̇ x̂ + u x̂̇)}, {@code dBetaDot = Σ u̇}, where {@code x̂̇ = r(zDot − mean zDot
     * − x̂ mean(x̂ zDot))}.
     */
    void backwardTangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Tensor gammaDot,
            Tensor dy,
            Tensor dyDot,
            Tensor dzDot,
            Tensor dGammaDot,
            Tensor dBetaDot);

    /** {@link #backward} with sums for each group of samples; a backend without {@link SetOps} takes one group. */
    default void backward(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor dy,
            Tensor dz,
            Groups groups,
            Slices dGamma,
            Slices dBeta) {
        groups.requireOne();
        backward(chain, z, gamma, beta, statistics, dy, dz, dGamma.of(0), dBeta.of(0));
    }

    /** {@link #tangent} with a direction for each group of samples. */
    default void tangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Groups groups,
            Slices gammaDot,
            Slices betaDot,
            Tensor yDot) {
        groups.requireOne();
        tangent(chain, z, gamma, beta, statistics, zDot, gammaDot.of(0), betaDot.of(0), yDot);
    }

    /** {@link #backwardTangent} with a direction and sums for each group of samples; each null if not wanted. */
    default void backwardTangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Groups groups,
            Slices gammaDot,
            Tensor dy,
            Tensor dyDot,
            Tensor dzDot,
            Slices dGammaDot,
            Slices dBetaDot) {
        groups.requireOne();
        backwardTangent(
                chain,
                z,
                gamma,
                beta,
                statistics,
                zDot,
                gammaDot.of(0),
                dy,
                dyDot,
                dzDot,
                dGammaDot == null ? null : dGammaDot.of(0),
                dBetaDot == null ? null : dBetaDot.of(0));
    }
}
