package io.mdc.tensor.host;

import io.mdc.base.Workers;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** {@link VectorOps} whose sums, scalings and steps of gradient descent are one pass over host memory. */
final class HostVectorOps implements VectorOps {
    private static final int BLOCK = 1024;
    private static final int PIECE = 16 * BLOCK;

    private static final ThreadLocal<float[][]> BLOCKS = ThreadLocal.withInitial(() -> new float[3][BLOCK]);

    private final VectorOps rest;

    HostVectorOps(VectorOps rest) {
        this.rest = rest;
    }

    @Override
    public void fill(Tensor x, double value) {
        FloatBuffer values = x.host().floats();
        split(values.limit(), (first, end) -> {
            float[] block = BLOCKS.get()[0];
            Arrays.fill(block, (float) value);
            for (int at = first; at < end; at += BLOCK) {
                values.put(at, block, 0, Math.min(BLOCK, end - at));
            }
        });
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        to.host().floats().put(0, from.host().floats(), 0, Math.toIntExact(from.size()));
    }

    @Override
    public void addScaled(double factor, Tensor x, Tensor into) {
        FloatBuffer from = x.host().floats();
        FloatBuffer to = into.host().floats();
        split(to.limit(), (first, end) -> {
            float[][] block = BLOCKS.get();
            for (int at = first; at < end; at += BLOCK) {
                int n = Math.min(BLOCK, end - at);
                from.get(at, block[0], 0, n);
                to.get(at, block[1], 0, n);
                add((float) factor, block[0], block[1], n);
                to.put(at, block[1], 0, n);
            }
        });
    }

    /** Splits {@code size} elements into pieces that are worth another thread's while. */
    private static void split(int size, Workers.Pieces elements) {
        Workers.split(
                (size + PIECE - 1) / PIECE, (first, end) -> elements.run(first * PIECE, Math.min(size, end * PIECE)));
    }

    @Override
    public void scale(double factor, Tensor x) {
        float[] block = BLOCKS.get()[0];
        FloatBuffer values = x.host().floats();
        for (int at = 0; at < values.limit(); at += BLOCK) {
            int n = Math.min(BLOCK, values.limit() - at);
            values.get(at, block, 0, n);
            scale((float) factor, block, n);
            values.put(at, block, 0, n);
        }
    }

    @Override
    public void subtract(Tensor a, Tensor b, Tensor out) {
        rest.subtract(a, b, out);
    }

    @Override
    public void sign(Tensor x, Tensor out) {
        rest.sign(x, out);
    }

    @Override
    public void clamp(Tensor x, double low, double high) {
        rest.clamp(x, low, high);
    }

    @Override
    public Numbers sumOfSquares(Tensor x) {
        return rest.sumOfSquares(x);
    }

    @Override
    public Numbers sumOfMagnitudes(Tensor x) {
        return rest.sumOfMagnitudes(x);
    }

    @Override
    public void momentumStep(Tensor x, Tensor gradient, Tensor velocity, double rate, double momentum, double decay) {
        FloatBuffer values = x.host().floats();
        FloatBuffer gradients = gradient.host().floats();
        FloatBuffer velocities = velocity.host().floats();
        split(values.limit(), (first, end) -> {
            float[][] block = BLOCKS.get();
            for (int from = first; from < end; from += BLOCK) {
                int n = Math.min(BLOCK, end - from);
                values.get(from, block[0], 0, n);
                gradients.get(from, block[1], 0, n);
                velocities.get(from, block[2], 0, n);
                step(block[0], block[1], block[2], (float) rate, (float) momentum, (float) decay, n);
                values.put(from, block[0], 0, n);
                velocities.put(from, block[2], 0, n);
            }
        });
    }

    private static void add(float factor, float[] x, float[] into, int n) {
        for (int i = 0; i < n; i++) {
            into[i] += factor * x[i];
        }
    }

    private static void scale(float factor, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= factor;
        }
    }

    private static void step(float[] x, float[] g, float[] v, float rate, float momentum, float decay, int n) {
        for (int i = 0; i < n; i++) {
            v[i] = momentum * v[i] + (g[i] + decay * x[i]);
            x[i] -= rate * v[i];
        }
    }
}
