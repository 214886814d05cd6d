package io.mdc.tensor;

/**
 * Two-dimensional convolution {@code y = x ∗ w}, its two adjoints, and the tangents of all three.
 *
 * <p>Shapes: x, dx {@code [n, in, H, W]}; w, dw {@code [out, in, k, k]}; y, dy {@code [n, out, H', W']}. Outputs are
 * overwritten. Dots mark tangents: derivatives in the direction in which the weights move by {@code wDot}.
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

    /** Adds {@code bias[c]} to every element of channel c of {@code y [n, C, H, W]}. */
    void addBias(Tensor bias, Tensor y);

    /** {@code out[c] = Σ} over samples and positions of {@code dy [n, C, H, W]}. */
    void biasGradient(Tensor dy, Tensor out);
}
