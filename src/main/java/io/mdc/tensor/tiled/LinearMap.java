package io.mdc.tensor.tiled;

/**
 * A small constant matrix applied to vectors of lanes: {@code out[i] = Σ_r matrix[i][r] · in[r]}, lane by lane.
 *
 * <p>Loops read and write separate arrays at one and the same index and hold few references: only such loops does the
 * JIT of Java 17 turn into vector instructions.
 */
final class LinearMap {
    private final int inputs;
    private final int[][] terms;
    private final float[][] factors;

    LinearMap(double[][] matrix) {
        inputs = matrix[0].length;
        terms = new int[matrix.length][];
        factors = new float[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            double[] row = matrix[i];
            terms[i] = java.util.stream.IntStream.range(0, inputs)
                    .filter(r -> row[r] != 0)
                    .toArray();
            factors[i] = new float[terms[i].length];
            for (int k = 0; k < terms[i].length; k++) {
                factors[i][k] = (float) row[terms[i][k]];
            }
        }
    }

    /** The map by the transposed matrix. */
    static LinearMap transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int r = 0; r < matrix[0].length; r++) {
                transposed[r][i] = matrix[i][r];
            }
        }
        return new LinearMap(transposed);
    }

    int inputs() {
        return inputs;
    }

    int outputs() {
        return terms.length;
    }

    /**
     * Applies the map to rows, then to columns, of a square of vectors: {@code out = M in Mᵀ}.
     *
     * @param in inputs² vectors, row-major
     * @param between at least outputs · inputs vectors, overwritten
     * @param out outputs² vectors, overwritten
     */
    void applyTwice(float[][] in, float[][] between, float[][] out, int lanes) {
        for (int column = 0; column < inputs; column++) {
            for (int i = 0; i < terms.length; i++) {
                combine(i, in, column, inputs, between[i * inputs + column], lanes);
            }
        }
        for (int row = 0; row < terms.length; row++) {
            for (int j = 0; j < terms.length; j++) {
                combine(j, between, row * inputs, 1, out[row * terms.length + j], lanes);
            }
        }
    }

    private void combine(int i, float[][] in, int first, int stride, float[] out, int lanes) {
        int[] t = terms[i];
        float[] f = factors[i];
        float[] a = in[first + t[0] * stride];
        switch (t.length) {
            case 1 -> one(a, f[0], out, lanes);
            case 2 -> two(a, f[0], in[first + t[1] * stride], f[1], out, lanes);
            case 3 -> three(a, f[0], in[first + t[1] * stride], f[1], in[first + t[2] * stride], f[2], out, lanes);
            default -> {
                four(
                        a,
                        f[0],
                        in[first + t[1] * stride],
                        f[1],
                        in[first + t[2] * stride],
                        f[2],
                        in[first + t[3] * stride],
                        f[3],
                        out,
                        lanes);
                for (int k = 4; k < t.length; k++) {
                    add(in[first + t[k] * stride], f[k], out, lanes);
                }
            }
        }
    }

    private static void one(float[] a, float p, float[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] = p * a[i];
        }
    }

    private static void two(float[] a, float p, float[] b, float q, float[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] = p * a[i] + q * b[i];
        }
    }

    private static void three(float[] a, float p, float[] b, float q, float[] c, float r, float[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] = p * a[i] + q * b[i] + r * c[i];
        }
    }

    private static void four(
            float[] a, float p, float[] b, float q, float[] c, float r, float[] d, float s, float[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] = (p * a[i] + q * b[i]) + (r * c[i] + s * d[i]);
        }
    }

    private static void add(float[] a, float p, float[] out, int lanes) {
        for (int i = 0; i < lanes; i++) {
            out[i] += p * a[i];
        }
    }
}
