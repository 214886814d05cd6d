package io.mdc.tensor;

/**
 * The loops of {@link TiledChainOps} over vectors of lanes, one and the same index everywhere, see {@link LinearMap}.
 *
 * <p>ReLU's mask is recomputed from {@code u = x · scale + shift} and applied by a factor without a branch: every
 * positive normal float times 10³⁸ is at least 1.
 */
final class LaneMath {
    private LaneMath() {}

    private static float step(float u) {
        return Math.min(1f, Math.max(0f, u * 1e38f));
    }

    /** {@code sum += x − pivot; squares += (x − pivot)²}. */
    static void moments(float[] x, float[] pivot, float[] sum, float[] squares, int n) {
        for (int i = 0; i < n; i++) {
            float d = x[i] - pivot[i];
            sum[i] += d;
            squares[i] += d * d;
        }
    }

    /** {@code into += x · scale + shift}. */
    static void addAffine(float[] x, float[] scale, float[] shift, float[] into, int n) {
        for (int i = 0; i < n; i++) {
            into[i] += x[i] * scale[i] + shift[i];
        }
    }

    /** {@code into += max(x · scale + shift, 0)}. */
    static void addRelu(float[] x, float[] scale, float[] shift, float[] into, int n) {
        for (int i = 0; i < n; i++) {
            into[i] += Math.max(x[i] * scale[i] + shift[i], 0f);
        }
    }

    /** {@code out = x · scale + shift}. */
    static void affine(float[] x, float[] scale, float[] shift, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] * scale[i] + shift[i];
        }
    }

    /** {@code x = factor · x}. */
    static void scale(float[] x, float factor, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= factor;
        }
    }

    /** {@code out = y} where {@code normed · scale + shift > 0}, else 0. */
    static void mask(float[] normed, float[] scale, float[] shift, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = y[i] * step(normed[i] * scale[i] + shift[i]);
        }
    }

    /** {@code sum += x; products += x · y}. */
    static void sums(float[] x, float[] y, float[] sum, float[] products, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += x[i];
            products[i] += x[i] * y[i];
        }
    }

    /** {@code products += x · y}. */
    static void addProducts(float[] x, float[] y, float[] products, int n) {
        for (int i = 0; i < n; i++) {
            products[i] += x[i] * y[i];
        }
    }

    /** {@code into += x}. */
    static void add(float[] x, float[] into, int n) {
        for (int i = 0; i < n; i++) {
            into[i] += x[i];
        }
    }

    /** {@code out = a · x + b · y + c}. */
    static void combine(float[] a, float[] x, float[] b, float[] y, float[] c, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i] * x[i] + (b[i] * y[i] + c[i]);
        }
    }

    /** {@code out += a · x + b · y}. */
    static void addCombined(float[] a, float[] x, float[] b, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += a[i] * x[i] + b[i] * y[i];
        }
    }
}
