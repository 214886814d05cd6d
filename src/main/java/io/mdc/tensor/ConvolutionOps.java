package io.mdc.tensor;

/**
 * Two-dimensional convolution {@code y = x ∗ w}, its two adjoints, and the tangents of all three.
 *
 * <p>Shapes: x, dx {@code [n, in, H, W]}; w, dw {@code [out, in, k, k]}; y, dy {@code [n, out, H', W']}. Outputs are
 * overwritten. Dots mark tangents: derivatives in the direction in which the weights move by {@code wDot}. Those that
 * name groups of samples have a sum or a direction for each; a backend without {@link SetOps} takes one group.
 */
public interface ConvolutionOps {

    /** {@code y = x ∗ w}. */
    void forward(ConvolutionShape shape, Tensor x, Tensor w, Tensor y);

    /** {@code dx = dy ∗ wᵀ}: the gradient with respect to the input. */
    void inputGradient(ConvolutionShape shape, Tensor dy, Tensor w, Tensor dx);

    /** Both adjoints: {@code dw = Σ_samples x ⋆ dy} and {@code dx = dy ∗ wᵀ}; {@code dx} null if not wanted. */
    void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Tensor dw);

    /** {@code yDot = x ∗ wDot + xDot ∗ w}; {@code xDot} null means 0. */
    void tangent(ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Tensor wDot, Tensor yDot);

    /** {@code dxDot = dyDot ∗ wᵀ + dy ∗ wDotᵀ}: the tangent of {@link #inputGradient}. */
    void inputGradientTangent(ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Tensor wDot, Tensor dxDot);

    /**
     * {@code dwDot = Σ_samples x ⋆ dyDot + xDot ⋆ dy}: the tangent of {@link #gradients}' {@code dw}; {@code xDot} null
     * means 0.
     */
    void weightGradientTangent(ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Tensor dwDot);

    /** {@link #gradients} with a {@code dw} for each group. */
    default void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Groups groups, Slices dw) {
        groups.requireOne();
        gradients(shape, x, w, dy, dx, dw.of(0));
    }

    /** {@link #tangent} with a {@code wDot} for each group. */
    default void tangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Groups groups, Slices wDot, Tensor yDot) {
        groups.requireOne();
        tangent(shape, x, xDot, w, wDot.of(0), yDot);
    }

    /** {@link #inputGradientTangent} with a {@code wDot} for each group. */
    default void inputGradientTangent(
            ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Groups groups, Slices wDot, Tensor dxDot) {
        groups.requireOne();
        inputGradientTangent(shape, dy, dyDot, w, wDot.of(0), dxDot);
    }

    /** {@link #weightGradientTangent} with a {@code dwDot} for each group. */
    default void weightGradientTangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Groups groups, Slices dwDot) {
        groups.requireOne();
        weightGradientTangent(shape, x, xDot, dy, dyDot, dwDot.of(0));
    }

    /** {@link #addBias} with a {@code bias} for each group. */
    default void addBias(Slices bias, Groups groups, Tensor y) {
        groups.requireOne();
        addBias(bias.of(0), y);
    }

    /** {@link #biasGradient} with an {@code out} for each group. */
    default void biasGradient(Tensor dy, Groups groups, Slices out) {
        groups.requireOne();
        biasGradient(dy, out.of(0));
    }

    /** Adds {@code bias[c]} to every element of channel c of {@code y [n, C, H, W]}. */
    void addBias(Tensor bias, Tensor y);

    /** {@code out[c] = Σ} over samples and positions of {@code dy [n, C, H, W]}. */
    void biasGradient(Tensor dy, Tensor out);
}
