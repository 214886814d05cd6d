package io.mdc.tensor;

import io.mdc.base.Pixels;

/**
 * Conversions, warps and colour changes of image batches {@code [n, C, H, W]}.
 *
 * <p>Parameters per image come as arrays of length n, or of length 1 for one value shared by the whole batch.
 * Operations work in place unless they name an output. All but {@link #load} are affine in the images;
 * {@link #blendWithChannelMean} and {@link #blendWithImageMean} are their own adjoints.
 */
public interface ImageOps {

    /**
     * {@code out[i, c, ·] = scale[c] · pixels of image images[i] + shift[c]}.
     *
     * @param pixels images {@code [C, H, W]}
     * @param images numbers of the images wanted, n of them
     * @param out {@code [n, C, H, W]}, overwritten
     */
    void load(Pixels pixels, int[] images, double[] scale, double[] shift, Tensor out);

    /** {@code x[i, c, ·] = scale[c] · x[i, c, ·] + shift[c]}. */
    void scaleChannels(double[] scale, double[] shift, Tensor x);

    /** {@code x[i] += amount[i]}. */
    void brighten(double[] amount, Tensor x);

    /** {@code x[i] = m + factor[i] · (x[i] − m)}, m being the mean over channels at each pixel. */
    void blendWithChannelMean(double[] factor, Tensor x);

    /** {@code x[i] = m + factor[i] · (x[i] − m)}, m being the mean of image i. */
    void blendWithImageMean(double[] factor, Tensor x);

    /** {@link #brighten}, {@link #blendWithChannelMean} and {@link #blendWithImageMean}, one after the other. */
    default void recolour(double[] amount, double[] saturation, double[] contrast, Tensor x) {
        brighten(amount, x);
        blendWithChannelMean(saturation, x);
        blendWithImageMean(contrast, x);
    }

    /** The adjoint of {@link #recolour}'s linear part. */
    default void recolourAdjoint(double[] saturation, double[] contrast, Tensor gradient) {
        blendWithImageMean(contrast, gradient);
        blendWithChannelMean(saturation, gradient);
    }

    /** {@code x[i, c, ·] = Σ_k matrices[i][c·C + k] x[i, k, ·] + shifts[i][c]}. */
    void mixChannels(double[][] matrices, double[][] shifts, Tensor x);

    /** The mean of every plane of {@code x [n, C, H, W]}, {@code [n · C]}. */
    double[] planeMeans(Tensor x);

    /** {@code x[i, :, rectangle[i]] = 0}. */
    void erase(Rectangle[] rectangles, Tensor x);

    /** {@code x[i, :, rectangle] = x₀[from[i], :, rectangle]}, x₀ being x before the call. */
    void exchange(Rectangle rectangle, int[] from, Tensor x);

    /**
     * {@code out[i] = warps[i](x[sources[i]])}, plane by plane.
     *
     * @param sources the image each output is made from, or null for {@code sources[i] = i}
     * @param out overwritten; may be x if sources is null and sizes agree
     */
    void warp(Tensor x, int[] sources, Warp[] warps, Tensor out);

    /**
     * The adjoint of {@link #warp}: {@code dx[j] = Σ_{i: sources[i] = j} warps[i]ᵀ(dOut[i])}.
     *
     * @param dx overwritten; may be dOut if sources is null and sizes agree
     */
    void warpAdjoint(Tensor dOut, int[] sources, Warp[] warps, Tensor dx);
}
