package io.mdc.tensor.host;

import io.mdc.tensor.MatrixOps;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.blas.Blas;
import java.nio.FloatBuffer;

/** {@link MatrixOps} by OpenBLAS, and by loops over host floats what is small and goes row by row. */
final class HostMatrixOps implements MatrixOps {

    @Override
    public void multiply(Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta, Tensor out) {
        int k = a.dim(0);
        if (!transposeA) {
            k = Math.toIntExact(a.size() / k);
        }
        int m = out.dim(0);
        Blas.get()
                .multiplyAtOnce(
                        transposeA,
                        transposeB,
                        m,
                        Math.toIntExact(out.size() / m),
                        k,
                        a.host().address(),
                        b.host().address(),
                        (float) beta,
                        out.host().address());
    }

    @Override
    public void addToRows(Tensor row, Tensor matrix) {
        float[] added = row.toFloats();
        float[] line = new float[added.length];
        FloatBuffer m = matrix.host().floats();
        for (int from = 0; from < m.limit(); from += line.length) {
            m.get(from, line);
            add(added, line);
            m.put(from, line);
        }
    }

    @Override
    public void columnSums(Tensor matrix, Tensor out) {
        FloatBuffer m = matrix.host().floats();
        float[] sums = new float[Math.toIntExact(out.size())];
        float[] line = new float[sums.length];
        for (int from = 0; from < m.limit(); from += line.length) {
            m.get(from, line);
            add(line, sums);
        }
        out.host().floats().put(0, sums);
    }

    private static void add(float[] x, float[] into) {
        for (int j = 0; j < into.length; j++) {
            into[j] += x[j];
        }
    }

    @Override
    public void transpose(Tensor matrix, Tensor out) {
        FloatBuffer from = matrix.host().floats();
        FloatBuffer to = out.host().floats();
        int rows = matrix.dim(0);
        int columns = from.limit() / rows;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to.put(j * rows + i, from.get(i * columns + j));
            }
        }
    }

    @Override
    public Numbers rowDots(Tensor a, Tensor b) {
        FloatBuffer x = a.host().floats();
        FloatBuffer y = b.host().floats();
        double[] dots = new double[a.dim(0)];
        int columns = x.limit() / dots.length;
        for (int i = 0; i < x.limit(); i++) {
            dots[i / columns] += (double) x.get(i) * y.get(i);
        }
        return Numbers.of(dots);
    }

    @Override
    public void combineRows(double[] p, Tensor a, double[] q, Tensor b, Tensor out) {
        FloatBuffer x = a.host().floats();
        FloatBuffer y = b.host().floats();
        FloatBuffer target = out.host().floats();
        int columns = x.limit() / p.length;
        for (int i = 0; i < x.limit(); i++) {
            int row = i / columns;
            target.put(i, (float) (p[row] * x.get(i) + q[row] * y.get(i)));
        }
    }

    @Override
    public double softmaxLoss(Tensor logits, Tensor targets, double weight, Tensor probabilities, Tensor delta) {
        int classes = logits.dim(1);
        float[] z = logits.toFloats();
        float[] t = targets.toFloats();
        float[] p = new float[z.length];
        float[] d = new float[z.length];
        double loss = 0;
        for (int row = 0; row < z.length; row += classes) {
            double max = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                max = Math.max(max, z[row + k]);
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += Math.exp(z[row + k] - max);
            }
            double logSum = Math.log(sum) + max;
            for (int k = 0; k < classes; k++) {
                double log = z[row + k] - logSum;
                loss -= t[row + k] * log;
                double probability = Math.exp(log);
                p[row + k] = (float) probability;
                d[row + k] = (float) (weight * (probability - t[row + k]));
            }
        }
        probabilities.host().floats().put(0, p);
        delta.host().floats().put(0, d);
        return loss;
    }

    @Override
    public void softmaxLossTangent(Tensor probabilities, Tensor logitsTangent, double weight, Tensor out) {
        int classes = probabilities.dim(1);
        float[] p = probabilities.toFloats();
        float[] z = logitsTangent.toFloats();
        for (int row = 0; row < p.length; row += classes) {
            double mean = 0;
            for (int k = 0; k < classes; k++) {
                mean += (double) p[row + k] * z[row + k];
            }
            for (int k = 0; k < classes; k++) {
                z[row + k] = (float) (weight * p[row + k] * (z[row + k] - mean));
            }
        }
        out.host().floats().put(0, z);
    }

    @Override
    public int[] rowArgmax(Tensor matrix) {
        float[] values = matrix.toFloats();
        int[] best = new int[matrix.dim(0)];
        int columns = values.length / best.length;
        for (int row = 0; row < best.length; row++) {
            for (int k = 1; k < columns; k++) {
                if (values[row * columns + k] > values[row * columns + best[row]]) {
                    best[row] = k;
                }
            }
        }
        return best;
    }
}
