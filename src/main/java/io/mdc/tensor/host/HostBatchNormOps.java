package io.mdc.tensor.host;

import io.mdc.tensor.BatchNormOps;
import io.mdc.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link BatchNormOps} over host floats, a {@linkplain PlaneRuns run of planes} at a time; sums over a channel are made
 * plane by plane, in the order of the images.
 */
final class HostBatchNormOps implements BatchNormOps {

    @Override
    public void forward(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        int channels = x.dim(1);
        double count = count(x);
        PlaneRuns runs = PlaneRuns.over(x);
        float[] values = runs.array();
        double[] sums = new double[channels];
        for (int from = 0; from < runs.planes(); from += runs.planesOfRun()) {
            runs.addSums(values, runs.read(x, from, values), from, sums);
        }
        float[] stats = new float[STATISTICS * channels];
        for (int c = 0; c < channels; c++) {
            stats[c] = (float) (sums[c] / count);
        }
        double[] squares = new double[channels];
        for (int from = 0; from < runs.planes(); from += runs.planesOfRun()) {
            runs.addSquares(values, stats, runs.read(x, from, values), from, squares);
        }
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        for (int c = 0; c < channels; c++) {
            float inverse = (float) (1 / Math.sqrt(squares[c] / count + epsilon));
            stats[channels + c] = inverse;
            stats[2 * channels + c] = (float) (squares[c] / Math.max(1, count - 1));
            shift[c] -= stats[c] * inverse * scale[c];
            scale[c] *= inverse;
        }
        affine(runs, values, relu, x, scale, shift, y);
        statistics.host().floats().put(0, stats);
    }

    @Override
    public void infer(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor y) {
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        float[] centre = mean.toFloats();
        float[] spread = variance.toFloats();
        for (int c = 0; c < scale.length; c++) {
            scale[c] = (float) (scale[c] / Math.sqrt(spread[c] + epsilon));
            shift[c] -= centre[c] * scale[c];
        }
        PlaneRuns runs = PlaneRuns.over(x);
        affine(runs, runs.array(), relu, x, scale, shift, y);
    }

    private static void affine(
            PlaneRuns runs, float[] values, boolean relu, Tensor x, float[] scale, float[] shift, Tensor y) {
        PlaneRuns.Spread scales = runs.spread(scale);
        PlaneRuns.Spread shifts = runs.spread(shift);
        for (int from = 0; from < runs.planes(); from += runs.planesOfRun()) {
            int n = runs.read(x, from, values);
            if (relu) {
                PlaneMath.affineRelu(values, scales.at(from), shifts.at(from), n);
            } else {
                PlaneMath.affine(values, scales.at(from), shifts.at(from), n);
            }
            runs.write(values, n, y, from);
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
        double[] totals = new double[channels];
        double[] correlations = new double[channels];
        for (int from = 0; from < runs.planes(); from += runs.planesOfRun()) {
            int n = passed.read(from);
            runs.addSums(passed.delta, n, from, totals);
            runs.addProducts(passed.delta, passed.normed, n, from, correlations);
        }
        float[] scale = gamma.toFloats();
        float[] stats = statistics.toFloats();
        float[] total = new float[channels];
        float[] correlation = new float[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] *= stats[channels + c];
            total[c] = (float) (-scale[c] * totals[c] / count);
            correlation[c] = (float) (-scale[c] * correlations[c] / count);
        }
        PlaneRuns.Spread ofDelta = runs.spread(scale);
        PlaneRuns.Spread constant = runs.spread(total);
        PlaneRuns.Spread ofNormed = runs.spread(correlation);
        for (int from = 0; from < runs.planes(); from += runs.planesOfRun()) {
            int n = passed.read(from);
            PlaneMath.normGradient(
                    passed.delta, passed.normed, ofDelta.at(from), constant.at(from), ofNormed.at(from), n);
            runs.write(passed.delta, n, dx, from);
        }
        dGamma.host().floats().put(0, rounded(correlations));
        dBeta.host().floats().put(0, rounded(totals));
    }

    /** A run of x̂, and of dy where the ReLU lets it pass. */
    private static final class Passed {
        private final PlaneRuns runs;
        private final boolean relu;
        private final Tensor x;
        private final Tensor dy;
        private final PlaneRuns.Spread inverse;
        private final PlaneRuns.Spread centre;
        private final PlaneRuns.Spread scale;
        private final PlaneRuns.Spread shift;
        private final float[] normed;
        private final float[] delta;

        Passed(PlaneRuns runs, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor dy) {
            this.runs = runs;
            this.relu = relu;
            this.x = x;
            this.dy = dy;
            int channels = x.dim(1);
            float[] stats = statistics.toFloats();
            float[] inverses = Arrays.copyOfRange(stats, channels, 2 * channels);
            float[] centres = new float[channels];
            for (int c = 0; c < channels; c++) {
                centres[c] = -stats[c] * inverses[c];
            }
            inverse = runs.spread(inverses);
            centre = runs.spread(centres);
            scale = runs.spread(gamma.toFloats());
            shift = runs.spread(beta.toFloats());
            normed = runs.array();
            delta = runs.array();
        }

        int read(int from) {
            int n = runs.read(x, from, normed);
            runs.read(dy, from, delta);
            PlaneMath.affine(normed, inverse.at(from), centre.at(from), n);
            if (relu) {
                PlaneMath.mask(normed, scale.at(from), shift.at(from), delta, n);
            }
            return n;
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
