package io.mdc.dataset.picture;

/**
 * Antialiased bilinear resampling along one axis: each new pixel is a mean of old ones, weighted by a triangle about
 * its centre that is one new pixel to each side wide, or one old pixel where the image grows. It is separable, as in
 * Pillow and torchvision.
 */
final class Resampling {
    private final int from;
    private final int[] first;
    private final float[][] weights;

    /** From {@code from} to {@code to} pixels. */
    Resampling(int from, int to) {
        this.from = from;
        double scale = (double) from / to;
        double reach = Math.max(1, scale);
        first = new int[to];
        weights = new float[to][];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - reach + 0.5));
            int high = Math.min(from, (int) (centre + reach + 0.5));
            first[i] = low;
            weights[i] = normalised(low, high, centre, reach);
        }
    }

    private static float[] normalised(int low, int high, double centre, double reach) {
        double[] triangle = new double[high - low];
        double total = 0;
        for (int k = 0; k < triangle.length; k++) {
            triangle[k] = Math.max(0, 1 - Math.abs((low + k + 0.5 - centre) / reach));
            total += triangle[k];
        }
        float[] weights = new float[triangle.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) (triangle[k] / total);
        }
        return weights;
    }

    /** New columns {@code start} to {@code start + count} of unsigned bytes {@code plane [rows, from]}. */
    float[] alongRows(byte[] plane, int rows, int start, int count) {
        float[] out = new float[rows * count];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < count; i++) {
                float[] w = weights[start + i];
                int at = r * from + first[start + i];
                float sum = 0;
                for (int k = 0; k < w.length; k++) {
                    sum += w[k] * (plane[at + k] & 255);
                }
                out[r * count + i] = sum;
            }
        }
        return out;
    }

    /** New rows {@code start} to {@code start + count} of {@code plane [from, columns]}. */
    float[] alongColumns(float[] plane, int columns, int start, int count) {
        float[] out = new float[count * columns];
        for (int i = 0; i < count; i++) {
            float[] w = weights[start + i];
            for (int k = 0; k < w.length; k++) {
                int at = (first[start + i] + k) * columns;
                for (int c = 0; c < columns; c++) {
                    out[i * columns + c] += w[k] * plane[at + c];
                }
            }
        }
        return out;
    }
}
