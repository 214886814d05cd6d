package io.mdc.tensor.tiled;

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
        TiledChainWork w = new TiledChainWork(side, layout, chain, z);
        float[] x = w.lanes("chain.x");
        float[] scale = w.lanes("chain.scale");
        float[] shift = w.lanes("chain.shift");
        float[] sum = w.lanes("chain.sum");
        float[] squares = w.lanes("chain.squares");
        float[] g = w.channels("chain.channel.gamma", gamma);
        float[] b = w.channels("chain.channel.beta", beta);
        float[] a = w.channels("chain.channel.a");
        float[] c = w.channels("chain.channel.b");
        double[] means = w.totals[0];
        double[] deviations = w.totals[1];
        FloatBuffer stats = statistics.host().floats();
        for (int i = 0; i < w.n; i++) {
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
        TiledChainWork w = new TiledChainWork(side, layout, chain, z);
        float[] x = w.lanes("chain.x");
        float[] u = w.lanes("chain.u");
        float[] sum = w.lanes("chain.sum");
        float[] products = w.lanes("chain.squares");
        float[] g = w.channels("chain.channel.gamma", gamma);
        float[] a = w.channels("chain.channel.a");
        float[] b = w.channels("chain.channel.b");
        float[] c = w.channels("chain.channel.c");
        double[] total = w.totals[0];
        double[] correlation = w.totals[1];
        double[] gammaSum = new double[w.channels];
        double[] betaSum = new double[w.channels];
        w.weights(gamma, beta);
        for (int i = 0; i < w.n; i++) {
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
                betaSum[k] += total[k];
                gammaSum[k] += correlation[k] * inverse;
                // a = r γ: a (u − mean u − x̂ mean(u x̂)) as one combination of u, z and 1
                double factor = inverse * g[k];
                double slope = -factor * correlation[k] * inverse * inverse / w.pixels;
                a[k] = (float) factor;
                b[k] = (float) slope;
                c[k] = (float) (-factor * total[k] / w.pixels - slope * w.centre[k]);
            }
            w.expand(a, w.first);
            w.expand(b, w.second);
            w.expand(c, w.third);
            for (int block = 0; block < w.blocks; block++) {
                w.block(block);
                w.split(w.image, w.pooled);
                for (int p = 0; p < w.phases; p++) {
                    w.read(z, i, p, x);
                    LaneMath.combine(w.first, w.gate(x, w.pooled(p), u), w.second, x, w.third, u, w.size);
                    w.write(u, dz, i, p);
                }
            }
        }
        put(gammaSum, dGamma);
        put(betaSum, dBeta);
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
        TiledChainWork w = new TiledChainWork(side, layout, chain, z);
        float[] x = w.lanes("chain.x");
        float[] xDot = w.lanes("chain.xDot");
        float[] sum = w.lanes("chain.sum");
        float[] products = w.lanes("chain.squares");
        float[] g = w.channels("chain.channel.gamma", gamma);
        float[] gDot = w.channels("chain.channel.gammaDot", gammaDot);
        float[] bDot = w.channels("chain.channel.betaDot", betaDot);
        float[] a = w.channels("chain.channel.a");
        float[] b = w.channels("chain.channel.b");
        float[] c = w.channels("chain.channel.c");
        double[] total = w.totals[0];
        double[] correlation = w.totals[1];
        FloatBuffer stats = statistics.host().floats();
        w.weights(gamma, beta);
        for (int i = 0; i < w.n; i++) {
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
            w.expand(a, w.first);
            w.expand(b, w.second);
            w.expand(c, w.third);
            for (int block = 0; block < w.blocks; block++) {
                w.block(block);
                w.clear(w.pooled);
                for (int p = 0; p < w.phases; p++) {
                    w.read(z, i, p, x);
                    w.read(zDot, i, p, xDot);
                    LaneMath.combine(w.first, xDot, w.second, x, w.third, xDot, w.size);
                    if (chain.relu()) {
                        LaneMath.mask(x, w.scale, w.shift, xDot, xDot, w.size);
                    }
                    LaneMath.add(xDot, w.pooled(p), w.size);
                }
                w.join(w.pooled, w.image);
            }
            w.writeImage(yDot, i);
        }
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
        TiledChainWork w = new TiledChainWork(side, layout, chain, z);
        float[] g = w.channels("chain.channel.gamma", gamma);
        float[] gDot = w.channels("chain.channel.gammaDot", gammaDot);
        float[][] coefficients = Lanes.get().of("chain.coefficients", 5, w.most);
        float[][] perChannel = Lanes.get().of("chain.perChannel", 5, w.channels);
        FloatBuffer stats = statistics.host().floats();
        w.weights(gamma, beta);
        TangentSums sums = new TangentSums(w);
        float[] out = w.lanes("chain.out");
        double[] gammaSum = new double[w.channels];
        double[] betaSum = new double[w.channels];
        for (int i = 0; i < w.n; i++) {
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
                gammaSum[k] += (uDotX + uxDot) * w.pixels;
                betaSum[k] += uDot * w.pixels;
                // a = γ u, ȧ = γ u̇ + γ̇ u
                double m = g[k] * ux;
                double mDot = g[k] * uDotX + gDot[k] * ux + g[k] * uxDot;
                // −r² s (a − mean a − x̂ m) + r (ȧ − mean ȧ − x̂̇ m − x̂ ṁ) as one combination of u, u̇, z, zDot and 1
                double factor = -inverse * inverse * s;
                double constant = -factor * g[k] * u - inverse * (g[k] * uDot + gDot[k] * u);
                double ofNormed = -factor * m - inverse * mDot + inverse * m * inverse * s;
                double ofMoved = -inverse * m * inverse;
                double ofZ = ofNormed * inverse;
                perChannel[0][k] = (float) (factor * g[k] + inverse * gDot[k]);
                perChannel[1][k] = (float) (inverse * g[k]);
                perChannel[2][k] = (float) ofZ;
                perChannel[3][k] = (float) ofMoved;
                perChannel[4][k] = (float) (constant - ofMoved * meanDot - ofZ * w.centre[k]);
            }
            if (dzDot == null) {
                continue;
            }
            for (int k = 0; k < coefficients.length; k++) {
                w.expand(perChannel[k], coefficients[k]);
            }
            for (int block = 0; block < w.blocks; block++) {
                sums.start(block);
                for (int p = 0; p < w.phases; p++) {
                    sums.load(z, zDot, i, p);
                    LaneMath.combine(coefficients[0], sums.u, coefficients[2], sums.x, coefficients[4], out, w.size);
                    LaneMath.addCombined(coefficients[1], sums.uDot, coefficients[3], sums.xDot, out, w.size);
                    w.write(out, dzDot, i, p);
                }
            }
        }
        put(gammaSum, dGammaDot);
        put(betaSum, dBetaDot);
    }

    private static void put(double[] sums, Tensor target) {
        if (target != null) {
            FloatBuffer floats = target.host().floats();
            for (int k = 0; k < sums.length; k++) {
                floats.put(k, (float) sums[k]);
            }
        }
    }

    /** The gated gradients and their tangents at one pixel of all tiles, and their means over planes. */
    private static final class TangentSums {
        private final TiledChainWork w;
        private final float[] x;
        private final float[] xDot;
        private final float[] u;
        private final float[] uDot;
        private final float[][] sums;
        private final double[][] totals;

        TangentSums(TiledChainWork w) {
            this.w = w;
            x = w.lanes("chain.x");
            xDot = w.lanes("chain.xDot");
            u = w.lanes("chain.u");
            uDot = w.lanes("chain.uDot");
            sums = Lanes.get().of("chain.sums", 5, w.most);
            totals = new double[5][w.channels];
        }

        void start(int block) {
            w.block(block);
            w.split(w.image, w.pooled);
            w.split(w.imageDot, w.pooledDot);
        }

        /** z, zDot, u and u̇ at pixel {@code p} of the tiles of image {@code i}. */
        void load(Tensor z, Tensor zDot, int i, int p) {
            w.read(z, i, p, x);
            w.read(zDot, i, p, xDot);
            w.gate(x, w.pooled(p), u);
            w.gate(x, w.pooledDot[w.place(p)], uDot);
        }

        void take(Tensor z, Tensor zDot, int i) {
            w.clear(sums);
            for (int block = 0; block < w.blocks; block++) {
                start(block);
                for (int p = 0; p < w.phases; p++) {
                    load(z, zDot, i, p);
                    LaneMath.correlate(u, x, w.centre, sums[0], sums[1], w.size);
                    LaneMath.correlate(uDot, x, w.centre, sums[2], sums[3], w.size);
                    LaneMath.correlate(u, xDot, w.centreDot, sums[4], w.size);
                }
            }
            for (int k = 0; k < totals.length; k++) {
                w.fold(sums[k], totals[k]);
            }
        }

        /** The mean of sum {@code k} over the plane of a channel. */
        double mean(int k, int channel) {
            return totals[k][channel] / w.pixels;
        }
    }
}
