package io.mdc.tensor.host;

import io.mdc.tensor.BatchNormOps;
import io.mdc.tensor.Tensor;
import java.nio.FloatBuffer;

/** {@link BatchNormOps} over host floats, a plane at a time. */
final class HostBatchNormOps implements BatchNormOps {

    @Override
    public void forward(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        int channels = x.dim(1);
        int pixels = x.dim(2) * x.dim(3);
        double count = (double) x.dim(0) * pixels;
        float[] plane = new float[pixels];
        float[] stats = new float[STATISTICS * channels];
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        FloatBuffer source = x.host().floats();
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int i = c; i < x.dim(0) * channels; i += channels) {
                source.get(i * pixels, plane);
                sum += PlaneMath.sum(plane, pixels);
            }
            float mean = (float) (sum / count);
            double squares = 0;
            for (int i = c; i < x.dim(0) * channels; i += channels) {
                source.get(i * pixels, plane);
                squares += PlaneMath.squaredDistance(plane, mean, pixels);
            }
            float inverse = (float) (1 / Math.sqrt(squares / count + epsilon));
            stats[c] = mean;
            stats[channels + c] = inverse;
            stats[2 * channels + c] = (float) (squares / Math.max(1, count - 1));
            affine(relu, x, c, inverse * scale[c], shift[c] - mean * inverse * scale[c], plane, y);
        }
        statistics.host().floats().put(0, stats);
    }

    @Override
    public void infer(
            double epsilon, boolean relu, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, Tensor y) {
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        float[] centre = mean.toFloats();
        float[] spread = variance.toFloats();
        float[] plane = new float[x.dim(2) * x.dim(3)];
        for (int c = 0; c < scale.length; c++) {
            float a = (float) (scale[c] / Math.sqrt(spread[c] + epsilon));
            affine(relu, x, c, a, shift[c] - centre[c] * a, plane, y);
        }
    }

    private static void affine(boolean relu, Tensor x, int channel, float a, float b, float[] plane, Tensor y) {
        FloatBuffer source = x.host().floats();
        FloatBuffer target = y.host().floats();
        for (int i = channel; i < x.dim(0) * x.dim(1); i += x.dim(1)) {
            source.get(i * plane.length, plane);
            PlaneMath.affine(plane, a, b, plane, plane.length);
            if (relu) {
                PlaneMath.relu(plane, plane.length);
            }
            target.put(i * plane.length, plane);
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
        int pixels = x.dim(2) * x.dim(3);
        double count = (double) x.dim(0) * pixels;
        float[] normed = new float[pixels];
        float[] delta = new float[pixels];
        float[] stats = statistics.toFloats();
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        float[] scaleGradient = new float[channels];
        float[] shiftGradient = new float[channels];
        for (int c = 0; c < channels; c++) {
            double total = 0;
            double correlation = 0;
            for (int i = c; i < x.dim(0) * channels; i += channels) {
                read(relu, x, dy, i, stats[c], stats[channels + c], scale[c], shift[c], normed, delta);
                total += PlaneMath.sum(delta, pixels);
                correlation += PlaneMath.dot(delta, normed, pixels);
            }
            scaleGradient[c] = (float) correlation;
            shiftGradient[c] = (float) total;
            float a = stats[channels + c] * scale[c];
            float b = (float) (-a * total / count);
            float k = (float) (-a * correlation / count);
            for (int i = c; i < x.dim(0) * channels; i += channels) {
                read(relu, x, dy, i, stats[c], stats[channels + c], scale[c], shift[c], normed, delta);
                PlaneMath.normGradient(delta, normed, a, b, k, normed, pixels);
                dx.host().floats().put(i * pixels, normed);
            }
        }
        dGamma.host().floats().put(0, scaleGradient);
        dBeta.host().floats().put(0, shiftGradient);
    }

    /** Plane i of x̂, and of dy where the ReLU lets it pass. */
    private static void read(
            boolean relu,
            Tensor x,
            Tensor dy,
            int i,
            float mean,
            float inverse,
            float scale,
            float shift,
            float[] normed,
            float[] delta) {
        x.host().floats().get(i * normed.length, normed);
        dy.host().floats().get(i * delta.length, delta);
        PlaneMath.affine(normed, inverse, -mean * inverse, normed, normed.length);
        if (relu) {
            PlaneMath.mask(normed, scale, shift, delta, delta.length);
        }
    }
}
