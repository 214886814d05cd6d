package io.mdc.tensor.host;

import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * {@link ChainOps} over host floats, a plane at a time: each plane is copied once into heap arrays that stay in the
 * first cache, worked on by branch-free loops, and written back.
 */
final class HostChainOps implements ChainOps {
    private static final ThreadLocal<Planes> PLANES = ThreadLocal.withInitial(Planes::new);

    @Override
    public void forward(Chain chain, Tensor z, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        Geometry g = new Geometry(chain, z);
        Planes p = PLANES.get().ensure(g);
        FloatBuffer source = z.host().floats();
        FloatBuffer target = y.host().floats();
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        float[] stats = new float[STATISTICS * g.planes];
        for (int plane = 0; plane < g.planes; plane++) {
            int c = plane % g.channels;
            source.get(plane * g.pixels, p.z, 0, g.pixels);
            float mean = PlaneMath.sum(p.z, g.pixels) / g.pixels;
            float variance = PlaneMath.squaredDistance(p.z, mean, g.pixels) / g.pixels;
            float inverse = (float) (1 / Math.sqrt(variance + chain.epsilon()));
            stats[plane] = mean;
            stats[g.planes + plane] = inverse;
            PlaneMath.affine(p.z, inverse * scale[c], shift[c] - mean * inverse * scale[c], p.u, g.pixels);
            if (chain.relu()) {
                PlaneMath.relu(p.u, g.pixels);
            }
            target.put(plane * g.pooled, PlaneMath.pool(g, p.u, p.y), 0, g.pooled);
        }
        statistics.host().floats().put(0, stats, 0, 2 * g.planes);
    }

    @Override
    public void backward(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor dy,
            Tensor dz,
            Tensor dGamma,
            Tensor dBeta) {
        Geometry g = new Geometry(chain, z);
        Planes p = PLANES.get().ensure(g);
        FloatBuffer source = z.host().floats();
        FloatBuffer incoming = dy.host().floats();
        FloatBuffer target = dz.host().floats();
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        float[] stats = statistics.toFloats();
        float[] scaleGradient = new float[g.channels];
        float[] shiftGradient = new float[g.channels];
        for (int plane = 0; plane < g.planes; plane++) {
            int c = plane % g.channels;
            float mean = stats[plane];
            float inverse = stats[g.planes + plane];
            source.get(plane * g.pixels, p.z, 0, g.pixels);
            incoming.get(plane * g.pooled, p.y, 0, g.pooled);
            PlaneMath.affine(p.z, inverse, -mean * inverse, p.normed, g.pixels);
            PlaneMath.unpool(g, p.y, p.u);
            if (chain.relu()) {
                PlaneMath.mask(p.normed, scale[c], shift[c], p.u, g.pixels);
            }
            float total = PlaneMath.sum(p.u, g.pixels);
            float correlation = PlaneMath.dot(p.u, p.normed, g.pixels);
            shiftGradient[c] += total;
            scaleGradient[c] += correlation;
            float a = inverse * scale[c];
            PlaneMath.normGradient(p.u, p.normed, a, -a * total / g.pixels, -a * correlation / g.pixels, p.z, g.pixels);
            target.put(plane * g.pixels, p.z, 0, g.pixels);
        }
        dGamma.host().floats().put(0, scaleGradient);
        dBeta.host().floats().put(0, shiftGradient);
    }

    @Override
    public void tangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Tensor gammaDot,
            Tensor betaDot,
            Tensor yDot) {
        Geometry g = new Geometry(chain, z);
        Planes p = PLANES.get().ensure(g);
        FloatBuffer source = z.host().floats();
        FloatBuffer direction = zDot.host().floats();
        FloatBuffer target = yDot.host().floats();
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        float[] scaleDot = gammaDot.toFloats();
        float[] shiftDot = betaDot.toFloats();
        float[] stats = statistics.toFloats();
        for (int plane = 0; plane < g.planes; plane++) {
            int c = plane % g.channels;
            float mean = stats[plane];
            float inverse = stats[g.planes + plane];
            source.get(plane * g.pixels, p.z, 0, g.pixels);
            direction.get(plane * g.pixels, p.zDot, 0, g.pixels);
            PlaneMath.affine(p.z, inverse, -mean * inverse, p.normed, g.pixels);
            float meanDot = PlaneMath.sum(p.zDot, g.pixels) / g.pixels;
            float correlation = PlaneMath.dot(p.normed, p.zDot, g.pixels) / g.pixels;
            stats[2 * g.planes + plane] = meanDot;
            stats[3 * g.planes + plane] = correlation;
            // γ r (zDot − meanDot − x̂ s) + γ̇ x̂ + β̇ as one combination of zDot, x̂ and 1
            float a = scale[c] * inverse;
            PlaneMath.normGradient(
                    p.zDot, p.normed, a, shiftDot[c] - a * meanDot, scaleDot[c] - a * correlation, p.u, g.pixels);
            if (chain.relu()) {
                PlaneMath.mask(p.normed, scale[c], shift[c], p.u, g.pixels);
            }
            target.put(plane * g.pooled, PlaneMath.pool(g, p.u, p.y), 0, g.pooled);
        }
        statistics.host().floats().put(2 * g.planes, stats, 2 * g.planes, 2 * g.planes);
    }

    @Override
    public void backwardTangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Tensor gammaDot,
            Tensor dy,
            Tensor dyDot,
            Tensor dzDot,
            Tensor dGammaDot,
            Tensor dBetaDot) {
        Geometry g = new Geometry(chain, z);
        Planes p = PLANES.get().ensure(g);
        FloatBuffer source = z.host().floats();
        FloatBuffer direction = zDot.host().floats();
        FloatBuffer incoming = dy.host().floats();
        FloatBuffer incomingDot = dyDot.host().floats();
        FloatBuffer target = dzDot == null ? null : dzDot.host().floats();
        float[] scale = gamma.toFloats();
        float[] shift = beta.toFloats();
        float[] scaleDot = gammaDot.toFloats();
        float[] stats = statistics.toFloats();
        float[] scaleGradientDot = new float[g.channels];
        float[] shiftGradientDot = new float[g.channels];
        for (int plane = 0; plane < g.planes; plane++) {
            int c = plane % g.channels;
            float mean = stats[plane];
            float inverse = stats[g.planes + plane];
            float meanDot = stats[2 * g.planes + plane];
            float s = stats[3 * g.planes + plane];
            source.get(plane * g.pixels, p.z, 0, g.pixels);
            PlaneMath.affine(p.z, inverse, -mean * inverse, p.normed, g.pixels);
            direction.get(plane * g.pixels, p.zDot, 0, g.pixels);
            PlaneMath.normGradient(p.zDot, p.normed, inverse, -inverse * meanDot, -inverse * s, p.normedDot, g.pixels);

            incoming.get(plane * g.pooled, p.y, 0, g.pooled);
            PlaneMath.unpool(g, p.y, p.u);
            incomingDot.get(plane * g.pooled, p.y, 0, g.pooled);
            PlaneMath.unpool(g, p.y, p.uDot);
            if (chain.relu()) {
                PlaneMath.mask(p.normed, scale[c], shift[c], p.u, p.uDot, g.pixels);
            }
            if (dBetaDot != null) {
                shiftGradientDot[c] += PlaneMath.sum(p.uDot, g.pixels);
            }
            if (dGammaDot != null) {
                scaleGradientDot[c] +=
                        PlaneMath.dot(p.uDot, p.normed, g.pixels) + PlaneMath.dot(p.u, p.normedDot, g.pixels);
            }
            if (target == null) {
                continue;
            }
            // a = γ u, ȧ = γ u̇ + γ̇ u
            PlaneMath.combine(p.uDot, scale[c], p.u, scaleDot[c], g.pixels);
            PlaneMath.affine(p.u, scale[c], 0, p.u, g.pixels);
            float meanA = PlaneMath.sum(p.u, g.pixels) / g.pixels;
            float meanADot = PlaneMath.sum(p.uDot, g.pixels) / g.pixels;
            float m = PlaneMath.dot(p.u, p.normed, g.pixels) / g.pixels;
            float mDot =
                    (PlaneMath.dot(p.uDot, p.normed, g.pixels) + PlaneMath.dot(p.u, p.normedDot, g.pixels)) / g.pixels;
            // −r² s (a − mean a − x̂ m) + r (ȧ − mean ȧ − x̂̇ m − x̂ ṁ)
            float k = -inverse * inverse * s;
            PlaneMath.combine4(
                    p.u,
                    k,
                    p.uDot,
                    inverse,
                    p.normed,
                    -k * m - inverse * mDot,
                    p.normedDot,
                    -inverse * m,
                    -k * meanA - inverse * meanADot,
                    p.z,
                    g.pixels);
            target.put(plane * g.pixels, p.z, 0, g.pixels);
        }
        put(scaleGradientDot, dGammaDot);
        put(shiftGradientDot, dBetaDot);
    }

    private static void put(float[] values, Tensor target) {
        if (target != null) {
            target.host().floats().put(0, values);
        }
    }

    /** Extents of one call. */
    static final class Geometry {
        final int channels;
        final int planes;
        final int height;
        final int width;
        final int pixels;
        final int pool;
        final int pooledHeight;
        final int pooledWidth;
        final int pooled;

        Geometry(Chain chain, Tensor z) {
            channels = z.dim(1);
            planes = z.dim(0) * channels;
            height = z.dim(2);
            width = z.dim(3);
            pixels = height * width;
            pool = chain.pool();
            pooledHeight = height / pool;
            pooledWidth = width / pool;
            pooled = pooledHeight * pooledWidth;
        }
    }

    /** The heap arrays of one thread, as large as the largest plane seen. */
    private static final class Planes {
        private float[] z = {};
        private float[] zDot = {};
        private float[] normed = {};
        private float[] normedDot = {};
        private float[] u = {};
        private float[] uDot = {};
        private float[] y = {};

        Planes ensure(Geometry g) {
            if (z.length < g.pixels) {
                z = new float[g.pixels];
                zDot = new float[g.pixels];
                normed = new float[g.pixels];
                normedDot = new float[g.pixels];
                u = new float[g.pixels];
                uDot = new float[g.pixels];
                y = new float[g.pixels];
            }
            if (g.pool > 1) {
                Arrays.fill(u, 0);
                Arrays.fill(uDot, 0);
            }
            return this;
        }
    }
}
