package io.mdc.tensor.host;

import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The planes of tensors {@code [n, C, H, W]} of one shape, in blocks of neighbouring channels. What a block has in one
 * image, its run, stays in the first cache, and what it has in all images of a batch in the second, so that several
 * passes over it cost little more than one.
 *
 * <p>Its arrays belong to the calling thread, and to one call of a primitive.
 */
final class PlaneRuns {
    /** The most floats of a run, unless one plane has more. */
    private static final int FLOATS = 1024;

    private static final ThreadLocal<PlaneRuns> OWN = ThreadLocal.withInitial(PlaneRuns::new);

    private final List<float[]> arrays = new ArrayList<>();
    private int taken;
    private int images;
    private int channels;
    private int pixels;
    private int most;

    private PlaneRuns() {}

    /** Runs of planes of tensors of the shape of {@code x}. */
    static PlaneRuns over(Tensor x) {
        PlaneRuns own = OWN.get();
        own.taken = 0;
        own.images = x.dim(0);
        own.channels = x.dim(1);
        own.pixels = x.dim(2) * x.dim(3);
        own.most = Math.min(own.channels, Math.max(1, FLOATS / own.pixels));
        return own;
    }

    int images() {
        return images;
    }

    /** An array with room for a run. */
    float[] array() {
        if (taken == arrays.size()) {
            arrays.add(new float[0]);
        }
        if (arrays.get(taken).length < most * pixels) {
            arrays.set(taken, new float[most * pixels]);
        }
        return arrays.get(taken++);
    }

    /** All channels. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int first = 0; first < channels; first += most) {
            blocks.add(new Block(first, Math.min(channels, first + most)));
        }
        return blocks;
    }

    /** Neighbouring channels. */
    final class Block {
        private final int first;
        private final int end;

        private Block(int first, int end) {
            this.first = first;
            this.end = end;
        }

        int first() {
            return first;
        }

        /** The channel behind the last. */
        int end() {
            return end;
        }

        /** Floats of a run. */
        int size() {
            return (end - first) * pixels;
        }

        private int place(int image) {
            return (image * channels + first) * pixels;
        }

        /** Copies the run of an image. */
        void read(Tensor x, int image, float[] to) {
            x.host().floats().get(place(image), to, 0, size());
        }

        /** Makes these floats the run of an image. */
        void write(float[] values, Tensor y, int image) {
            y.host().floats().put(place(image), values, 0, size());
        }

        /**
         * Values of channels repeated for every pixel: a loop over a run is vectorised, however few pixels a plane has.
         *
         * @param to overwritten, and returned
         */
        float[] spread(float[] ofChannels, float[] to) {
            for (int c = first, at = 0; c < end; c++, at += pixels) {
                Arrays.fill(to, at, at + pixels, ofChannels[c]);
            }
            return to;
        }

        /** The sum over each plane of a run, added to that of its channel. */
        void addSums(float[] values, double[] sums) {
            for (int c = first, at = 0; c < end; c++, at += pixels) {
                sums[c] += PlaneMath.sum(values, at, pixels);
            }
        }

        /** {@code Σ (x − centre)²} over each plane, added to that of its channel. */
        void addSquares(float[] values, float[] centres, double[] sums) {
            for (int c = first, at = 0; c < end; c++, at += pixels) {
                sums[c] += PlaneMath.squaredDistance(values, centres[c], at, pixels);
            }
        }

        /** {@code Σ x·y} over each plane, added to that of its channel. */
        void addProducts(float[] x, float[] y, double[] sums) {
            for (int c = first, at = 0; c < end; c++, at += pixels) {
                sums[c] += PlaneMath.dot(x, y, at, pixels);
            }
        }
    }
}
