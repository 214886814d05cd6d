package io.mdc.tensor.host;

import io.mdc.tensor.BatchNormOps;
import io.mdc.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link BatchNormOps} over host floats, a {@linkplain PlaneRuns block of channels} at a time; sums over a channel are
 * made plane by plane, in the order of the images.
 */
final class HostBatchNormOps implements BatchNormOps {

    @Override
    public void forward(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        int channels = x.dim(1);
        double count = count(x);
        PlaneRuns runs = PlaneRuns.over(x);
        Affine affine = new Affine(runs, relu, x, gamma.toFloats(), beta.toFloats(), y);
        float[] values = affine.values;
        float[] stats = new float[STATISTICS * channels];
        double[] sums = new double[channels];
        double[] squares = new double[channels];
        for (PlaneRuns.Block block : runs.blocks()) {
            for (int image = 0; image < runs.images(); image++) {
                block.read(x, image, values);
                block.addSums(values, sums);
            }
            for (int c = block.first(); c < block.end(); c++) {
                stats[c] = (float) (sums[c] / count);
            }
            for (int image = 0; image < runs.images(); image++) {
                block.read(x, image, values);
                block.addSquares(values, stats, squares);
            }
            for (int c = block.first(); c < block.end(); c++) {
                float inverse = (float) (1 / Math.sqrt(squares[c] / count + epsilon));
                stats[channels + c] = inverse;
                stats[2 * channels + c] = (float) (squares[c] / Math.max(1, count - 1));
                affine.shift[c] -= stats[c] * inverse * affine.scale[c];
                affine.scale[c] *= inverse;
            }
            affine.apply(block);
        }
        statistics.host().floats().put(0, stats);
    }

    @Override
    public void infer(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor y) {
        PlaneRuns runs = PlaneRuns.over(x);
        Affine affine = new Affine(runs, relu, x, gamma.toFloats(), beta.toFloats(), y);
        float[] centre = mean.toFloats();
        float[] spread = variance.toFloats();
        for (int c = 0; c < centre.length; c++) {
            affine.scale[c] = (float) (affine.scale[c] / Math.sqrt(spread[c] + epsilon));
            affine.shift[c] -= centre[c] * affine.scale[c];
        }
        runs.blocks().forEach(affine::apply);
    }

    /** {@code y = relu(scale · x + shift)}, or without ReLU, of values of channels. */
    private static final class Affine {
        private final PlaneRuns runs;
        private final boolean relu;
        private final Tensor x;
        private final float[] scale;
        private final float[] shift;
        private final Tensor y;
        private final float[] values;
        private final float[] scales;
        private final float[] shifts;

        Affine(PlaneRuns runs, boolean relu, Tensor x, float[] scale, float[] shift, Tensor y) {
            this.runs = runs;
            this.relu = relu;
            this.x = x;
            this.scale = scale;
            this.shift = shift;
            this.y = y;
            values = runs.array();
            scales = runs.array();
            shifts = runs.array();
        }

        void apply(PlaneRuns.Block block) {
            block.spread(scale, scales);
            block.spread(shift, shifts);
            for (int image = 0; image < runs.images(); image++) {
                block.read(x, image, values);
                if (relu) {
                    PlaneMath.affineRelu(values, scales, shifts, block.size());
                } else {
                    PlaneMath.affine(values, scales, shifts, block.size());
                }
                block.write(values, y, image);
            }
        }
    }

    @Override
    public void backward(
            boolean relu,
            Tensor x,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGamma,
            Tensor dBeta) {
        int channels = x.dim(1);
        double count = count(x);
        PlaneRuns runs = PlaneRuns.over(x);
        Passed passed = new Passed(runs, relu, x, gamma, beta, statistics, dy);
        float[] ofDelta = runs.array();
        float[] constant = runs.array();
        float[] ofNormed = runs.array();
        double[] totals = new double[channels];
        double[] correlations = new double[channels];
        float[] scale = gamma.toFloats();
        float[] stats = statistics.toFloats();
        float[] total = new float[channels];
        float[] correlation = new float[channels];
        for (PlaneRuns.Block block : runs.blocks()) {
            passed.begin(block);
            for (int image = 0; image < runs.images(); image++) {
                passed.read(block, image);
                block.addSums(passed.delta, totals);
                block.addProducts(passed.delta, passed.normed, correlations);
            }
            for (int c = block.first(); c < block.end(); c++) {
                scale[c] *= stats[channels + c];
                total[c] = (float) (-scale[c] * totals[c] / count);
                correlation[c] = (float) (-scale[c] * correlations[c] / count);
            }
            block.spread(scale, ofDelta);
            block.spread(total, constant);
            block.spread(correlation, ofNormed);
            for (int image = 0; image < runs.images(); image++) {
                passed.read(block, image);
                PlaneMath.normGradient(passed.delta, passed.normed, ofDelta, constant, ofNormed, block.size());
                block.write(passed.delta, dx, image);
            }
        }
        dGamma.host().floats().put(0, rounded(correlations));
        dBeta.host().floats().put(0, rounded(totals));
    }

    /** A run of x̂, and of dy where the ReLU lets it pass. */
    private static final class Passed {
        private final boolean relu;
        private final Tensor x;
        private final Tensor dy;
        private final float[] inverse;
        private final float[] centre;
        private final float[] scale;
        private final float[] shift;
        private final float[] inverses;
        private final float[] centres;
        private final float[] scales;
        private final float[] shifts;
        private final float[] normed;
        private final float[] delta;

        Passed(PlaneRuns runs, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor dy) {
            this.relu = relu;
            this.x = x;
            this.dy = dy;
            int channels = x.dim(1);
            float[] stats = statistics.toFloats();
            inverse = Arrays.copyOfRange(stats, channels, 2 * channels);
            centre = new float[channels];
            for (int c = 0; c < channels; c++) {
                centre[c] = -stats[c] * inverse[c];
            }
            scale = gamma.toFloats();
            shift = beta.toFloats();
            inverses = runs.array();
            centres = runs.array();
            scales = runs.array();
            shifts = runs.array();
            normed = runs.array();
            delta = runs.array();
        }

        /** To be called before runs of a block are read. */
        void begin(PlaneRuns.Block block) {
            block.spread(inverse, inverses);
            block.spread(centre, centres);
            block.spread(scale, scales);
            block.spread(shift, shifts);
        }

        void read(PlaneRuns.Block block, int image) {
            block.read(x, image, normed);
            block.read(dy, image, delta);
            if (relu) {
                PlaneMath.affineMask(normed, inverses, centres, scales, shifts, delta, block.size());
            } else {
                PlaneMath.affine(normed, inverses, centres, block.size());
            }
        }
    }

    private static float[] rounded(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double count(Tensor x) {
        return (double) x.dim(0) * x.dim(2) * x.dim(3);
    }
}
