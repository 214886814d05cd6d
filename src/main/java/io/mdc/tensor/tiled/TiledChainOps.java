package io.mdc.tensor.tiled;

import io.mdc.base.Workers;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.Layout;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.TiledOps;
import java.nio.FloatBuffer;

/**
 * {@link ChainOps} whose z is tiled (see {@link TiledOps}) and whose y is an image in some {@link Layout}; a pixel of
 * all tiles of an image at a time, with one lane per tile and channel.
 *
 * <p>The variance is taken about an element of each plane, so that a large mean costs no digits.
 */
final class TiledChainOps implements ChainOps {
    private final int side;
    private final Layout layout;

    TiledChainOps(int side, Layout layout) {
        this.side = side;
        this.layout = layout;
    }

    @Override
    public void forward(Chain chain, Tensor z, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        Workers.split(z.dim(0), (first, end) -> {
            TiledChainWork w = new TiledChainWork(side, layout, chain, z, gamma, beta);
            float[] x = w.z;
            float[] scale = w.scale;
            float[] shift = w.shift;
            float[] sum = w.sums[0];
            float[] squares = w.sums[1];
            float[] g = w.gamma;
            float[] b = w.beta;
            float[] a = w.ofChannels[0];
            float[] c = w.ofChannels[1];
            double[] means = w.totals[0];
            double[] deviations = w.totals[1];
            FloatBuffer stats = statistics.host().floats();
            for (int i = first; i < end; i++) {
                w.block(0);
                w.read(z, i, 0, x);
                w.expand(x, shift);
                w.clear(sum);
                w.clear(squares);
                for (int block = 0; block < w.blocks; block++) {
                    w.block(block);
                    for (int p = 0; p < w.phases; p++) {
                        w.read(z, i, p, x);
                        LaneMath.moments(x, shift, sum, squares, w.size);
                    }
                }
                w.fold(sum, means);
                w.fold(squares, deviations);
                for (int k = 0; k < w.channels; k++) {
                    double offset = means[k] / w.pixels;
                    double variance = Math.max(0, deviations[k] / w.pixels - offset * offset);
                    float mean = (float) (shift[k] + offset);
                    float inverse = (float) (1 / Math.sqrt(variance + chain.epsilon()));
                    stats.put(i * w.channels + k, mean);
                    stats.put((w.n + i) * w.channels + k, inverse);
                    a[k] = inverse * g[k];
                    c[k] = b[k] - mean * inverse * g[k];
                }
                w.expand(a, scale);
                w.expand(c, shift);
                for (int block = 0; block < w.blocks; block++) {
                    w.block(block);
                    w.clear(w.pooled);
                    for (int p = 0; p < w.phases; p++) {
                        w.read(z, i, p, x);
                        if (chain.relu()) {
                            LaneMath.addRelu(x, scale, shift, w.pooled(p), w.size);
                        } else {
                            LaneMath.addAffine(x, scale, shift, w.pooled(p), w.size);
                        }
                    }
                    w.join(w.pooled, w.image);
                }
                w.writeImage(y, i);
            }
        });
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
        ImageSums parameters = new ImageSums(z.dim(0), z.dim(1));
        Workers.split(z.dim(0), (first, end) -> {
            TiledChainWork w = new TiledChainWork(side, layout, chain, z, gamma, beta);
            float[] x = w.z;
            float[] u = w.u;
            float[] sum = w.sums[0];
            float[] products = w.sums[1];
            float[] g = w.gamma;
            float[] a = w.ofChannels[0];
            float[] b = w.ofChannels[1];
            float[] c = w.ofChannels[2];
            double[] total = w.totals[0];
            double[] correlation = w.totals[1];
            for (int i = first; i < end; i++) {
                w.normalisation(statistics, i);
                w.readImage(dy, i, w.image);
                w.clear(sum);
                w.clear(products);
                for (int block = 0; block < w.blocks; block++) {
                    w.block(block);
                    w.split(w.image, w.pooled);
                    for (int p = 0; p < w.phases; p++) {
                        w.read(z, i, p, x);
                        LaneMath.correlate(w.gate(x, w.pooled(p), u), x, w.centre, sum, products, w.size);
                    }
                }
                w.fold(sum, total);
                w.fold(products, correlation);
                for (int k = 0; k < w.channels; k++) {
                    double inverse = w.inverse[k];
                    parameters.set(i, k, correlation[k] * inverse, total[k]);
                    // a = r γ: a (u − mean u − x̂ mean(u x̂)) as one combination of u, z and 1
                    double factor = inverse * g[k];
                    double slope = -factor * correlation[k] * inverse * inverse / w.pixels;
                    a[k] = (float) factor;
                    b[k] = (float) slope;
                    c[k] = (float) (-factor * total[k] / w.pixels - slope * w.centre[k]);
                }
                for (int k = 0; k < 3; k++) {
                    w.expand(w.ofChannels[k], w.factors[k]);
                }
                for (int block = 0; block < w.blocks; block++) {
                    w.block(block);
                    w.split(w.image, w.pooled);
                    for (int p = 0; p < w.phases; p++) {
                        w.read(z, i, p, x);
                        LaneMath.combine(
                                w.factors[0], w.gate(x, w.pooled(p), u), w.factors[1], x, w.factors[2], u, w.size);
                        w.write(u, dz, i, p);
                    }
                }
            }
        });
        parameters.put(dGamma, dBeta);
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
        Workers.split(z.dim(0), (first, end) -> {
            TiledChainWork w = new TiledChainWork(side, layout, chain, z, gamma, beta);
            float[] x = w.z;
            float[] xDot = w.zDot;
            float[] sum = w.sums[0];
            float[] products = w.sums[1];
            float[] g = w.gamma;
            float[] gDot = w.gammaDot(gammaDot);
            float[] bDot = w.betaDot(betaDot);
            float[] a = w.ofChannels[0];
            float[] b = w.ofChannels[1];
            float[] c = w.ofChannels[2];
            double[] total = w.totals[0];
            double[] correlation = w.totals[1];
            FloatBuffer stats = statistics.host().floats();
            for (int i = first; i < end; i++) {
                w.normalisation(statistics, i);
                w.clear(sum);
                w.clear(products);
                for (int block = 0; block < w.blocks; block++) {
                    w.block(block);
                    for (int p = 0; p < w.phases; p++) {
                        w.read(z, i, p, x);
                        w.read(zDot, i, p, xDot);
                        LaneMath.correlate(xDot, x, w.centre, sum, products, w.size);
                    }
                }
                w.fold(sum, total);
                w.fold(products, correlation);
                for (int k = 0; k < w.channels; k++) {
                    float meanDot = (float) (total[k] / w.pixels);
                    float s = (float) (correlation[k] * w.inverse[k] / w.pixels);
                    stats.put((2 * w.n + i) * w.channels + k, meanDot);
                    stats.put((3 * w.n + i) * w.channels + k, s);
                    // γ r (zDot − meanDot − x̂ s) + γ̇ x̂ + β̇ as one combination of zDot, z and 1
                    a[k] = w.inverse[k] * g[k];
                    b[k] = (gDot[k] - a[k] * s) * w.inverse[k];
                    c[k] = bDot[k] - a[k] * meanDot - b[k] * w.centre[k];
                }
                for (int k = 0; k < 3; k++) {
                    w.expand(w.ofChannels[k], w.factors[k]);
                }
                for (int block = 0; block < w.blocks; block++) {
                    w.block(block);
                    w.clear(w.pooled);
                    for (int p = 0; p < w.phases; p++) {
                        w.read(z, i, p, x);
                        w.read(zDot, i, p, xDot);
                        LaneMath.combine(w.factors[0], xDot, w.factors[1], x, w.factors[2], xDot, w.size);
                        if (chain.relu()) {
                            LaneMath.mask(x, w.scale, w.shift, xDot, xDot, w.size);
                        }
                        LaneMath.add(xDot, w.pooled(p), w.size);
                    }
                    w.join(w.pooled, w.image);
                }
                w.writeImage(yDot, i);
            }
        });
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
        ImageSums parameters = new ImageSums(z.dim(0), z.dim(1));
        Workers.split(z.dim(0), (first, end) -> {
            TiledChainWork w = new TiledChainWork(side, layout, chain, z, gamma, beta);
            float[] g = w.gamma;
            float[] gDot = w.gammaDot(gammaDot);
            float[][] factors = w.factors;
            float[][] ofChannels = w.ofChannels;
            FloatBuffer stats = statistics.host().floats();
            TangentSums sums = new TangentSums(w);
            float[] out = w.out;
            for (int i = first; i < end; i++) {
                w.normalisation(statistics, i);
                w.movement(statistics, i);
                w.readImage(dy, i, w.image);
                w.readImage(dyDot, i, w.imageDot);
                sums.take(z, zDot, i);
                for (int k = 0; k < w.channels; k++) {
                    double inverse = w.inverse[k];
                    double s = stats.get((3 * w.n + i) * w.channels + k);
                    double meanDot = w.centreDot[k];
                    // u and u̇ as means over the plane, and their means with x̂ and x̂̇ = r (zDot − meanDot − x̂ s)
                    double u = sums.mean(0, k);
                    double ux = sums.mean(1, k) * inverse;
                    double uDot = sums.mean(2, k);
                    double uDotX = sums.mean(3, k) * inverse;
                    double uxDot = inverse * (sums.mean(4, k) - s * ux);
                    parameters.set(i, k, (uDotX + uxDot) * w.pixels, uDot * w.pixels);
                    // a = γ u, ȧ = γ u̇ + γ̇ u
                    double m = g[k] * ux;
                    double mDot = g[k] * uDotX + gDot[k] * ux + g[k] * uxDot;
                    // −r² s (a − mean a − x̂ m) + r (ȧ − mean ȧ − x̂̇ m − x̂ ṁ) as one combination of u, u̇, z, zDot
                    // and 1
                    double factor = -inverse * inverse * s;
                    double constant = -factor * g[k] * u - inverse * (g[k] * uDot + gDot[k] * u);
                    double ofNormed = -factor * m - inverse * mDot + inverse * m * inverse * s;
                    double ofMoved = -inverse * m * inverse;
                    double ofZ = ofNormed * inverse;
                    ofChannels[0][k] = (float) (factor * g[k] + inverse * gDot[k]);
                    ofChannels[1][k] = (float) (inverse * g[k]);
                    ofChannels[2][k] = (float) ofZ;
                    ofChannels[3][k] = (float) ofMoved;
                    ofChannels[4][k] = (float) (constant - ofMoved * meanDot - ofZ * w.centre[k]);
                }
                if (dzDot == null) {
                    continue;
                }
                for (int k = 0; k < factors.length; k++) {
                    w.expand(ofChannels[k], factors[k]);
                }
                for (int block = 0; block < w.blocks; block++) {
                    sums.start(block);
                    for (int p = 0; p < w.phases; p++) {
                        sums.load(z, zDot, i, p);
                        LaneMath.combine(factors[0], w.u, factors[2], w.z, factors[4], out, w.size);
                        LaneMath.addCombined(factors[1], w.uDot, factors[3], w.zDot, out, w.size);
                        w.write(out, dzDot, i, p);
                    }
                }
            }
        });
        parameters.put(dGammaDot, dBetaDot);
    }

    /** What every image adds to the gradients of γ and β, which are summed in the order of the images. */
    private record ImageSums(int n, int channels, double[] ofGamma, double[] ofBeta) {
        ImageSums(int n, int channels) {
            this(
                    n,
                    channels,
                    ChainWorkspace.get().ofImages(0, n * channels),
                    ChainWorkspace.get().ofImages(1, n * channels));
        }

        void set(int i, int k, double gamma, double beta) {
            ofGamma[i * channels + k] = gamma;
            ofBeta[i * channels + k] = beta;
        }

        void put(Tensor gamma, Tensor beta) {
            put(ofGamma, gamma);
            put(ofBeta, beta);
        }

        private void put(double[] values, Tensor target) {
            if (target == null) {
                return;
            }
            for (int k = 0; k < channels; k++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += values[i * channels + k];
                }
                target.host().floats().put(k, (float) sum);
            }
        }
    }

    /** The gated gradients and their tangents at one pixel of all tiles, and their means over planes. */
    private record TangentSums(TiledChainWork w) {

        void start(int block) {
            w.block(block);
            w.split(w.image, w.pooled);
            w.split(w.imageDot, w.pooledDot);
        }

        /** z, zDot, u and u̇ at pixel {@code p} of the tiles of image {@code i}. */
        void load(Tensor z, Tensor zDot, int i, int p) {
            w.read(z, i, p, w.z);
            w.read(zDot, i, p, w.zDot);
            w.gate(w.z, w.pooled(p), w.u);
            w.gate(w.z, w.pooledDot[w.place(p)], w.uDot);
        }

        void take(Tensor z, Tensor zDot, int i) {
            float[][] sums = w.sums;
            w.clear(sums);
            for (int block = 0; block < w.blocks; block++) {
                start(block);
                for (int p = 0; p < w.phases; p++) {
                    load(z, zDot, i, p);
                    LaneMath.correlate(w.u, w.z, w.centre, sums[0], sums[1], w.size);
                    LaneMath.correlate(w.uDot, w.z, w.centre, sums[2], sums[3], w.size);
                    LaneMath.correlate(w.u, w.zDot, w.centreDot, sums[4], w.size);
                }
            }
            for (int k = 0; k < sums.length; k++) {
                w.fold(sums[k], w.totals[k]);
            }
        }

        /** The mean of sum {@code k} over the plane of a channel. */
        double mean(int k, int channel) {
            return w.totals[k][channel] / w.pixels;
        }
    }
}
