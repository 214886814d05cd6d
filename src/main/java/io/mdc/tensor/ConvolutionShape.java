package io.mdc.tensor;

/**
 * The geometry of a two-dimensional convolution with square kernels, weights {@code [out, in, kernel, kernel]}.
 *
 * @param kernel side of the kernel in pixels, at least 1
 * @param stride step in pixels, at least 1
 * @param padding zero padding on each side in pixels, from 0 to kernel − 1
 */
public record ConvolutionShape(int kernel, int stride, int padding) {

    /** Validates the geometry. */
    public ConvolutionShape {
        if (kernel < 1 || stride < 1 || padding < 0 || padding >= kernel) {
            throw new IllegalArgumentException("convolution of kernel " + kernel + ", stride " + stride + ", padding "
                    + padding + "; needs kernel ≥ 1, stride ≥ 1, 0 ≤ padding < kernel");
        }
    }

    /** The output extent along an axis of {@code extent} pixels: {@code ⌊(extent + 2·padding − kernel)/stride⌋ + 1}. */
    public int output(int extent) {
        return (extent + 2 * padding - kernel) / stride + 1;
    }
}
