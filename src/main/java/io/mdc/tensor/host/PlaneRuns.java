package io.mdc.tensor.host;

import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The planes of tensors {@code [n, C, H, W]} of one shape, as many at once as stay in the first cache, and values of
 * channels repeated for every pixel of theirs: a loop over all pixels of a run is vectorised, however few a plane has.
 *
 * <p>Its arrays belong to the calling thread, and to one call of a primitive.
 */
final class PlaneRuns {
    /** The most floats of a run, unless one plane has more. */
    private static final int FLOATS = 4096;

    private static final ThreadLocal<PlaneRuns> OWN = ThreadLocal.withInitial(PlaneRuns::new);

    private final List<float[]> arrays = new ArrayList<>();
    private int taken;
    private int planes;
    private int channels;
    private int pixels;
    private int run;

    private PlaneRuns() {}

    /** Runs of planes of tensors of the shape of {@code x}. */
    static PlaneRuns over(Tensor x) {
        PlaneRuns own = OWN.get();
        own.taken = 0;
        own.channels = x.dim(1);
        own.planes = x.dim(0) * own.channels;
        own.pixels = x.dim(2) * x.dim(3);
        own.run = own.channels * own.pixels <= FLOATS ? own.channels : Math.max(1, FLOATS / own.pixels);
        return own;
    }

    /** Planes in all. */
    int planes() {
        return planes;
    }

    /** Planes of a run: those of an image, or as many as fit. */
    int planesOfRun() {
        return run;
    }

    /** An array with room for a run. */
    float[] array() {
        if (taken == arrays.size()) {
            arrays.add(new float[0]);
        }
        if (arrays.get(taken).length < run * pixels) {
            arrays.set(taken, new float[run * pixels]);
        }
        return arrays.get(taken++);
    }

    /** Copies the run of x that starts with plane {@code from}; how many floats it has. */
    int read(Tensor x, int from, float[] to) {
        int count = Math.min(run, planes - from) * pixels;
        x.host().floats().get(from * pixels, to, 0, count);
        return count;
    }

    /** Makes so many floats the run of y that starts with plane {@code from}. */
    void write(float[] values, int count, Tensor y, int from) {
        y.host().floats().put(from * pixels, values, 0, count);
    }

    /** The sum over each plane of a run, added to that of its channel. */
    void addSums(float[] values, int count, int from, double[] sums) {
        for (int at = 0, plane = from; at < count; at += pixels, plane++) {
            sums[plane % channels] += PlaneMath.sum(values, at, pixels);
        }
    }

    /** {@code Σ (x − centre)²} over each plane, added to that of its channel. */
    void addSquares(float[] values, float[] centres, int count, int from, double[] sums) {
        for (int at = 0, plane = from; at < count; at += pixels, plane++) {
            int c = plane % channels;
            sums[c] += PlaneMath.squaredDistance(values, centres[c], at, pixels);
        }
    }

    /** {@code Σ x·y} over each plane, added to that of its channel. */
    void addProducts(float[] x, float[] y, int count, int from, double[] sums) {
        for (int at = 0, plane = from; at < count; at += pixels, plane++) {
            sums[plane % channels] += PlaneMath.dot(x, y, at, pixels);
        }
    }

    /** Values of channels, for every pixel of a run. */
    Spread spread(float[] ofChannels) {
        return new Spread(ofChannels, array());
    }

    /** See {@link #spread}. */
    final class Spread {
        private final float[] ofChannels;
        private final float[] ofPixels;
        private int filledFrom = -1;

        private Spread(float[] ofChannels, float[] ofPixels) {
            this.ofChannels = ofChannels;
            this.ofPixels = ofPixels;
        }

        /** For the run that starts with plane {@code from}. */
        float[] at(int from) {
            int first = from % channels;
            if (first != filledFrom) {
                for (int i = 0; i < run; i++) {
                    Arrays.fill(ofPixels, i * pixels, (i + 1) * pixels, ofChannels[(first + i) % channels]);
                }
                filledFrom = first;
            }
            return ofPixels;
        }
    }
}
