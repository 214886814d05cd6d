package io.mdc.tensor.host;

import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Images laid end to end: each channel is one row of pixels, in which the padded images, of the same width, follow each
 * other. A step of a kernel is then the same distance in memory everywhere, and an unfolded image is a few long copies.
 *
 * <p>With L pixels in a row, the results of a convolution of stride 1 stand at {@code N = L − (k−1)·(width + 2p + 1)}
 * places, of which those between rows and images are of no use.
 *
 * @param channels of the images
 * @param height of an image without padding
 * @param width of an image without padding
 * @param kernel side of the kernel
 * @param padding of zeros at every side of an image
 * @param images how many follow each other
 */
record Strip(int channels, int height, int width, int kernel, int padding, int images) {
    /** So many places a product should have at least, where there are the images for it. */
    private static final int ENOUGH = 1024;

    /** Strips of images {@code [n, C, H, W]}: some thousand places, or one image. */
    static Strip of(Tensor x, ConvolutionShape shape) {
        int p = shape.padding();
        int most = shape.kernel() == 1 ? 1 : Math.max(1, ENOUGH / ((x.dim(2) + 2 * p) * (x.dim(3) + 2 * p)));
        return new Strip(x.dim(1), x.dim(2), x.dim(3), shape.kernel(), p, Math.min(most, x.dim(0)));
    }

    /** The same for {@code count} images. */
    Strip with(int count) {
        return count == images ? this : new Strip(channels, height, width, kernel, padding, count);
    }

    private int step() {
        return width + 2 * padding;
    }

    private int image() {
        return (height + 2 * padding) * step();
    }

    /** L. */
    private int length() {
        return images * image();
    }

    /** N. */
    int places() {
        return length() - (kernel - 1) * (step() + 1);
    }

    /** {@code C·k²}. */
    int rows() {
        return channels * kernel * kernel;
    }

    /** Whether the unfolded image and results at their places are the image and results themselves, one at a time. */
    boolean isPlain() {
        return kernel == 1;
    }

    /**
     * Images as columns of the pixels that a kernel sees.
     *
     * @param x the images, of which those from number {@code first} on are unfolded
     * @param columns {@code [C·k², N]}, overwritten
     */
    void unfold(Tensor x, int first, StripWorkspace own, FloatBuffer columns) {
        float[] strip = own.strip(channels * length());
        Arrays.fill(strip, 0, channels * length(), 0);
        lay(x, first, own, strip, length(), padding * (step() + 1));
        int row = 0;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < kernel; y++) {
                for (int at = 0; at < kernel; at++) {
                    columns.put(row++ * places(), strip, c * length() + y * step() + at, places());
                }
            }
        }
    }

    /** Images {@code [n, c, H', W']} of the size of results at the places of results, with zeros between them. */
    void place(Tensor results, int first, StripWorkspace own, FloatBuffer placed) {
        float[] strip = own.strip(results.dim(1) * places());
        Arrays.fill(strip, 0, results.dim(1) * places(), 0);
        lay(results, first, own, strip, places(), 0);
        placed.put(0, strip, 0, results.dim(1) * places());
    }

    /** The opposite of {@link #place}. */
    void collect(FloatBuffer placed, StripWorkspace own, Tensor results, int first) {
        float[] strip = own.strip(results.dim(1) * places());
        placed.get(0, strip, 0, results.dim(1) * places());
        cut(strip, places(), 0, own, results, first);
    }

    /** The adjoint of {@link #unfold}. */
    void fold(FloatBuffer columns, StripWorkspace own, Tensor dx, int first) {
        float[] strip = own.strip(channels * length());
        float[] row = own.pixels(places());
        Arrays.fill(strip, 0, channels * length(), 0);
        int number = 0;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < kernel; y++) {
                for (int x = 0; x < kernel; x++) {
                    columns.get(number++ * places(), row, 0, places());
                    add(row, strip, c * length() + y * step() + x, places());
                }
            }
        }
        cut(strip, length(), padding * (step() + 1), own, dx, first);
    }

    private static void add(float[] row, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] += row[i];
        }
    }

    /** The opposite of {@link #lay}. */
    private void cut(float[] strip, int perChannel, int offset, StripWorkspace own, Tensor x, int first) {
        int planes = x.dim(1);
        int h = x.dim(2);
        int w = x.dim(3);
        float[] pixels = own.pixels(images * planes * h * w);
        int to = 0;
        for (int i = 0; i < images; i++) {
            for (int c = 0; c < planes; c++) {
                int from = c * perChannel + i * image() + offset;
                for (int y = 0; y < h; y++, to += w, from += step()) {
                    System.arraycopy(strip, from, pixels, to, w);
                }
            }
        }
        x.host().floats().put(first * planes * h * w, pixels, 0, to);
    }

    /** Copies rows of images to where they are in a strip of so many pixels per channel. */
    private void lay(Tensor x, int first, StripWorkspace own, float[] strip, int perChannel, int offset) {
        int planes = x.dim(1);
        int h = x.dim(2);
        int w = x.dim(3);
        float[] pixels = own.pixels(images * planes * h * w);
        x.host().floats().get(first * planes * h * w, pixels, 0, images * planes * h * w);
        int from = 0;
        for (int i = 0; i < images; i++) {
            for (int c = 0; c < planes; c++) {
                int to = c * perChannel + i * image() + offset;
                for (int y = 0; y < h; y++, from += w, to += step()) {
                    System.arraycopy(pixels, from, strip, to, w);
                }
            }
        }
    }
}
