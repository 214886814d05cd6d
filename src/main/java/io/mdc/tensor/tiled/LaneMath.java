package io.mdc.tensor.tiled;

/**
 * The loops of {@link TiledChainOps} over vectors of lanes, one and the same index everywhere, see {@link LinearMap}.
 *
 * <p>ReLU's mask is recomputed from {@code u = x · scale + shift} and applied by a factor without a branch: every
 * positive normal float times 10³⁸ is at least 1.
 */
final class LaneMath {
    private LaneMath() {}

    /** 1 above 0, else 0; |u| is one instruction where a maximum is five. */
    private static float step(float u) {
        return Math.min(1f, (u + Math.abs(u)) * 1e38f);
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
            float u = x[i] * scale[i] + shift[i];
            into[i] += 0.5f * (u + Math.abs(u));
        }
    }

    /** {@code x = factor · x}. */
    static void scale(float[] x, float factor, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= factor;
        }
    }

    /** {@code out = y} where {@code x · scale + shift > 0}, else 0. */
    static void mask(float[] x, float[] scale, float[] shift, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = y[i] * step(x[i] * scale[i] + shift[i]);
        }
    }

    /** {@code sum += u; products += u · (x − centre)}. */
    static void correlate(float[] u, float[] x, float[] centre, float[] sum, float[] products, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += u[i];
            products[i] += u[i] * (x[i] - centre[i]);
        }
    }

    /** {@code products += u · (x − centre)}. */
    static void correlate(float[] u, float[] x, float[] centre, float[] products, int n) {
        for (int i = 0; i < n; i++) {
            products[i] += u[i] * (x[i] - centre[i]);
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
