package io.mdc.tensor;

/**
 * Element-wise arithmetic and sums; operands of one call have equal sizes, and shapes are otherwise ignored.
 *
 * <p>Outputs are owned by the caller and overwritten unless said otherwise.
 */
public interface VectorOps {

    /** {@code x = value}. */
    void fill(Tensor x, double value);

    /** {@code to = from}. */
    void copy(Tensor from, Tensor to);

    /** {@code into += factor · x}. */
    void addScaled(double factor, Tensor x, Tensor into);

    /** {@code x = factor · x}. */
    void scale(double factor, Tensor x);

    /** {@code out = a − b}; {@code out} may be {@code a}. */
    void subtract(Tensor a, Tensor b, Tensor out);

    /** {@code out = sign(x)}, 0 where x is 0; {@code out} may be {@code x}. */
    void sign(Tensor x, Tensor out);

    /** {@code x = min(max(x, low), high)}. */
    void clamp(Tensor x, double low, double high);

    /** {@code Σ x²}. */
    Numbers sumOfSquares(Tensor x);

    /** {@code Σ |x|}. */
    Numbers sumOfMagnitudes(Tensor x);

    /**
     * One step of stochastic gradient descent with momentum and weight decay: {@code velocity = momentum · velocity +
     * gradient + decay · x; x −= rate · velocity}. The gradient is read only.
     */
    void momentumStep(Tensor x, Tensor gradient, Tensor velocity, double rate, double momentum, double decay);
}
