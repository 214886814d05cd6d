package io.mdc.tensor;

/**
 * Batch normalisation and ReLU as one step (Ioffe and Szegedy, "Batch Normalization", 2015).
 *
 * <p>With mean and variance over samples and positions of each channel, {@code r = 1/√(var + ε)}, {@code x̂ = r(x −
 * mean)}: {@code y = relu(γ x̂ + β)}, or without ReLU. Shapes: x, dx, y, dy {@code [n, C, H, W]}; γ, β, their gradients
 * and running values {@code [C]}; statistics {@code [3, C]}, rows: mean, r, and the unbiased variance, which running
 * averages are made of. Outputs are overwritten.
 */
public interface BatchNormOps {

    /** Rows of the statistics tensor. */
    int STATISTICS = 3;

    /** {@code y} and the statistics of the batch x. */
    void forward(double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor y);

    /** {@code y} by given mean and variance, as at test time. */
    void infer(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor y);

    /** The adjoint of {@link #forward}: gradients with respect to x, γ and β. */
    void backward(
            boolean relu,
            Tensor x,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGamma,
            Tensor dBeta);
}
