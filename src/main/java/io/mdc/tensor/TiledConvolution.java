package io.mdc.tensor;

/**
 * A 3×3 convolution {@code z = x ∗ w} of stride 1 and padding 1, its adjoints and tangents, z being tiled.
 *
 * <p>Shapes: x, dx {@code [n, in, H, W]}; w, dw {@code [out, in, 3, 3]}; z, dz tiled {@code [n, out, H, W]}. Weights
 * come prepared: whoever changes them prepares them again. The state of a chunk is written by {@link #forward} and
 * {@link #backward} and read by the rest; callers only hand it on. Dots mark tangents. Outputs are overwritten; threads
 * may share prepared weights.
 */
public interface TiledConvolution {

    /** Elements of the state of {@code n} samples. */
    int stateSize(int n);

    /** Elements of prepared weights. */
    int preparedSize();

    /** Whatever depends on the weights alone. */
    void prepare(Tensor w, Tensor prepared);

    /** {@code z = x ∗ w}. */
    void forward(Tensor x, Tensor prepared, Tensor state, Tensor z);

    /** {@code dw = Σ_samples x ⋆ dz} and {@code dx = dz ∗ wᵀ}; each null if not wanted. */
    void backward(Tensor prepared, Tensor dz, Tensor state, Tensor dx, Tensor dw);

    /** {@code zDot = x ∗ wDot + xDot ∗ w}; {@code xDot} null means 0. */
    void tangent(Tensor xDot, Tensor prepared, Tensor preparedDot, Tensor state, Tensor zDot);

    /**
     * The tangents of {@link #backward}'s results, {@code dxDot = dzDot ∗ wᵀ + dz ∗ wDotᵀ} and {@code dwDot = Σ_samples
     * x ⋆ dzDot + xDot ⋆ dz}, x being that of {@link #forward} and dz that of {@link #backward}.
     *
     * @param xDot null means 0; read for {@code dwDot} only
     * @param dxDot null if not wanted
     * @param dwDot null if not wanted
     */
    void backwardTangent(
            Tensor prepared,
            Tensor preparedDot,
            Tensor xDot,
            Tensor dz,
            Tensor dzDot,
            Tensor state,
            Tensor dxDot,
            Tensor dwDot);
}
