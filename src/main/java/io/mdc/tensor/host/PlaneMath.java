package io.mdc.tensor.host;

import java.util.Arrays;

/**
 * Loops over one plane in heap arrays, written so that the JIT vectorises them: no branches, no calls, one stride; sums
 * run in eight lanes of fixed order, so that they are both fast and repeatable.
 */
final class PlaneMath {
    private PlaneMath() {}

    static float sum(float[] x, int n) {
        return sum(x, 0, n);
    }

    /** The sum of n elements from {@code at} on. */
    static float sum(float[] x, int at, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int end = at + n;
        int i = at;
        for (; i <= end - 8; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        for (; i < end; i++) {
            s0 += x[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    static float dot(float[] x, float[] y, int n) {
        return dot(x, y, 0, n);
    }

    /** {@code Σ x·y} of n elements from {@code at} on. */
    static float dot(float[] x, float[] y, int at, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int end = at + n;
        int i = at;
        for (; i <= end - 8; i += 8) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
            s4 += x[i + 4] * y[i + 4];
            s5 += x[i + 5] * y[i + 5];
            s6 += x[i + 6] * y[i + 6];
            s7 += x[i + 7] * y[i + 7];
        }
        for (; i < end; i++) {
            s0 += x[i] * y[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** {@code Σ (x − centre)²}. */
    static float squaredDistance(float[] x, float centre, int n) {
        return squaredDistance(x, centre, 0, n);
    }

    /** {@code Σ (x − centre)²} of n elements from {@code at} on. */
    static float squaredDistance(float[] x, float centre, int at, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int end = at + n;
        int i = at;
        for (; i <= end - 4; i += 4) {
            float d0 = x[i] - centre;
            float d1 = x[i + 1] - centre;
            float d2 = x[i + 2] - centre;
            float d3 = x[i + 3] - centre;
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; i < end; i++) {
            float d = x[i] - centre;
            s0 += d * d;
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** {@code out = scale · x + shift}. */
    static void affine(float[] x, float scale, float shift, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] * scale + shift;
        }
    }

    /** {@code x = scale · x + shift}, element by element. */
    static void affine(float[] x, float[] scale, float[] shift, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] * scale[i] + shift[i];
        }
    }

    /** {@code x = relu(scale · x + shift)}, element by element; |u| is faster than a maximum. */
    static void affineRelu(float[] x, float[] scale, float[] shift, int n) {
        for (int i = 0; i < n; i++) {
            float u = x[i] * scale[i] + shift[i];
            x[i] = 0.5f * (u + Math.abs(u));
        }
    }

    static void relu(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], 0f);
        }
    }

    /** {@code x = 0} where {@code scale · normed + shift ≤ 0}. */
    static void mask(float[] normed, float scale, float shift, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= step(normed[i] * scale + shift);
        }
    }

    /**
     * {@code normed = a · normed + b}, and {@code x = 0} where {@code scale · normed + shift ≤ 0}, element by element.
     */
    static void affineMask(float[] normed, float[] a, float[] b, float[] scale, float[] shift, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            float u = normed[i] * a[i] + b[i];
            normed[i] = u;
            x[i] *= step(u * scale[i] + shift[i]);
        }
    }

    /** {@link #mask(float[], float, float, float[], int)} of two arrays at once. */
    static void mask(float[] normed, float scale, float shift, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float step = step(normed[i] * scale + shift);
            x[i] *= step;
            y[i] *= step;
        }
    }

    /**
     * 1 above 0, else 0, of a finite number without a branch: every positive normal float times 1e38 is at least 1, and
     * |u| is faster than a maximum.
     */
    private static float step(float u) {
        return Math.min(1f, 0.5f * (u + Math.abs(u)) * 1e38f);
    }

    /** {@code out = a · x + b + c · normed}. */
    static void normGradient(float[] x, float[] normed, float a, float b, float c, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a * x[i] + (c * normed[i] + b);
        }
    }

    /** {@code x = a · x + b + c · normed}, element by element. */
    static void normGradient(float[] x, float[] normed, float[] a, float[] b, float[] c, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = a[i] * x[i] + (c[i] * normed[i] + b[i]);
        }
    }

    /** {@code x = p · x + q · y}. */
    static void combine(float[] x, float p, float[] y, float q, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = p * x[i] + q * y[i];
        }
    }

    /** {@code out = p·x + q·y + r·v + s·w + constant}. */
    static void combine4(
            float[] x,
            float p,
            float[] y,
            float q,
            float[] v,
            float r,
            float[] w,
            float s,
            float constant,
            float[] out,
            int n) {
        for (int i = 0; i < n; i++) {
            out[i] = (p * x[i] + q * y[i]) + (r * v[i] + s * w[i]) + constant;
        }
    }

    /** Means over windows, into {@code out}; returns x itself where there is nothing to pool. */
    static float[] pool(HostChainOps.Geometry g, float[] x, float[] out) {
        if (g.pool == 1) {
            return x;
        }
        if (g.pool == 2) {
            for (int r = 0; r < g.pooledHeight; r++) {
                int top = 2 * r * g.width;
                int bottom = top + g.width;
                int to = r * g.pooledWidth;
                for (int c = 0; c < g.pooledWidth; c++) {
                    out[to + c] = 0.25f
                            * ((x[top + 2 * c] + x[top + 2 * c + 1]) + (x[bottom + 2 * c] + x[bottom + 2 * c + 1]));
                }
            }
            return out;
        }
        float scale = 1f / (g.pool * g.pool);
        for (int r = 0; r < g.pooledHeight; r++) {
            for (int c = 0; c < g.pooledWidth; c++) {
                float total = 0;
                for (int i = 0; i < g.pool; i++) {
                    int from = (r * g.pool + i) * g.width + c * g.pool;
                    for (int j = 0; j < g.pool; j++) {
                        total += x[from + j];
                    }
                }
                out[r * g.pooledWidth + c] = total * scale;
            }
        }
        return out;
    }

    /** The adjoint of {@link #pool}; pixels outside every window are not touched. */
    static void unpool(HostChainOps.Geometry g, float[] y, float[] out) {
        if (g.pool == 1) {
            System.arraycopy(y, 0, out, 0, g.pixels);
            return;
        }
        float scale = 1f / (g.pool * g.pool);
        for (int r = 0; r < g.pooledHeight; r++) {
            int first = r * g.pool * g.width;
            int from = r * g.pooledWidth;
            if (g.pool == 2) {
                for (int c = 0; c < g.pooledWidth; c++) {
                    float value = y[from + c] * scale;
                    out[first + 2 * c] = value;
                    out[first + 2 * c + 1] = value;
                }
            } else {
                for (int c = 0; c < g.pooledWidth; c++) {
                    Arrays.fill(out, first + c * g.pool, first + (c + 1) * g.pool, y[from + c] * scale);
                }
            }
            for (int i = 1; i < g.pool; i++) {
                System.arraycopy(out, first, out, first + i * g.width, g.pooledWidth * g.pool);
            }
        }
    }
}
