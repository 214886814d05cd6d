package io.mdc.tensor;

/**
 * Pooling, ReLU and channel copies on batches of planes {@code [n, C, H, W]}; all are linear or piecewise linear, so
 * that their tangents are themselves with the choices of the forward pass.
 *
 * <p>Outputs are owned by the caller and overwritten unless said otherwise.
 */
public interface PlaneOps {

    /** {@code y = max(x, 0)}. */
    void relu(Tensor x, Tensor y);

    /** {@code out = x where y > 0, else 0}: adjoint and tangent of {@link #relu}, whose output was y. */
    void gate(Tensor y, Tensor x, Tensor out);

    /** {@code y [n, C, H', W']}: the mean over each window of {@code x}; the window has no padding. */
    void averagePool(Window window, Tensor x, Tensor y);

    /** The adjoint of {@link #averagePool}. */
    void averagePoolAdjoint(Window window, Tensor dy, Tensor dx);

    /**
     * {@code y [n, C, H', W']}: the maximum over each window of {@code x}, pixels outside the plane left out.
     *
     * @param chosen like y, overwritten with the place {@code row · side + column} in the window of its first maximum
     */
    void maximumPool(Window window, Tensor x, Tensor y, Tensor chosen);

    /** The adjoint of {@link #maximumPool} with its choices. */
    void maximumPoolAdjoint(Window window, Tensor dy, Tensor chosen, Tensor dx);

    /** The tangent of {@link #maximumPool}: {@code yDot} is {@code xDot} at the chosen places. */
    void maximumPoolTangent(Window window, Tensor xDot, Tensor chosen, Tensor yDot);

    /**
     * Copies {@code count} channels of every sample, from channel {@code fromFirst} of {@code from} to channel
     * {@code toFirst} of {@code to}; other channels of {@code to} keep their values.
     */
    void copyChannels(Tensor from, int fromFirst, Tensor to, int toFirst, int count);
}
