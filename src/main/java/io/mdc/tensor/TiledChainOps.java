package io.mdc.tensor;

import java.nio.FloatBuffer;

/**
 * {@link ChainOps} whose z is tiled (see {@link TiledOps}) and whose y is an image in some {@link Layout}; a pixel of
 * all tiles of an image at a time, with one lane per tile and channel. The twin of {@link HostChainOps}.
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
        Work w = new Work(chain, z);
        float[] x = w.lanes("x");
        float[] scale = w.lanes("scale");
        float[] shift = w.lanes("shift");
        float[] sum = w.lanes("sum");
        float[] squares = w.lanes("squares");
        float[] g = w.channels("gamma", gamma);
        float[] b = w.channels("beta", beta);
        float[] a = w.channels("a");
        float[] c = w.channels("b");
        double[] means = w.totals[0];
        double[] deviations = w.totals[1];
        FloatBuffer stats = statistics.hostFloats();
        for (int i = 0; i < w.n; i++) {
            w.read(z, i, 0, x);
            w.expand(x, shift);
            w.clear(sum);
            w.clear(squares);
            for (int p = 0; p < w.phases; p++) {
                w.read(z, i, p, x);
                LaneMath.moments(x, shift, sum, squares, w.size);
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
            for (int q = 0; q < w.pooled.length; q++) {
                w.clear(w.pooled[q]);
            }
            for (int p = 0; p < w.phases; p++) {
                w.read(z, i, p, x);
                if (chain.relu()) {
                    LaneMath.addRelu(x, scale, shift, w.pooled(p), w.size);
                } else {
                    LaneMath.addAffine(x, scale, shift, w.pooled(p), w.size);
                }
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
        Work w = new Work(chain, z);
        float[] x = w.lanes("x");
        float[] u = w.lanes("u");
        float[] sum = w.lanes("sum");
        float[] products = w.lanes("squares");
        float[] g = w.channels("gamma", gamma);
        float[] a = w.channels("a");
        float[] b = w.channels("b");
        float[] c = w.channels("c");
        double[] total = w.totals[0];
        double[] correlation = w.totals[1];
        double[] gammaSum = new double[w.channels];
        double[] betaSum = new double[w.channels];
        w.weights(gamma, beta);
        for (int i = 0; i < w.n; i++) {
            w.normalisation(statistics, i);
            w.readImage(dy, i, w.pooled);
            w.clear(sum);
            w.clear(products);
            for (int p = 0; p < w.phases; p++) {
                w.read(z, i, p, x);
                LaneMath.affine(x, w.inverse, w.offset, x, w.size);
                LaneMath.sums(w.gate(x, w.pooled(p), u), x, sum, products, w.size);
            }
            w.fold(sum, total);
            w.fold(products, correlation);
            for (int k = 0; k < w.channels; k++) {
                betaSum[k] += total[k];
                gammaSum[k] += correlation[k];
                a[k] = w.inverse[k] * g[k];
                b[k] = (float) (-a[k] * correlation[k] / w.pixels);
                c[k] = (float) (-a[k] * total[k] / w.pixels);
            }
            w.expand(a, w.first);
            w.expand(b, w.second);
            w.expand(c, w.third);
            for (int p = 0; p < w.phases; p++) {
                w.read(z, i, p, x);
                LaneMath.affine(x, w.inverse, w.offset, x, w.size);
                LaneMath.combine(w.first, w.gate(x, w.pooled(p), u), w.second, x, w.third, u, w.size);
                w.write(u, dz, i, p);
            }
        }
        for (int k = 0; k < w.channels; k++) {
            dGamma.hostFloats().put(k, (float) gammaSum[k]);
            dBeta.hostFloats().put(k, (float) betaSum[k]);
        }
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
        Work w = new Work(chain, z);
        float[] x = w.lanes("x");
        float[] xDot = w.lanes("xDot");
        float[] sum = w.lanes("sum");
        float[] products = w.lanes("squares");
        float[] g = w.channels("gamma", gamma);
        float[] gDot = w.channels("gammaDot", gammaDot);
        float[] bDot = w.channels("betaDot", betaDot);
        float[] a = w.channels("a");
        float[] b = w.channels("b");
        float[] c = w.channels("c");
        double[] total = w.totals[0];
        double[] correlation = w.totals[1];
        FloatBuffer stats = statistics.hostFloats();
        w.weights(gamma, beta);
        for (int i = 0; i < w.n; i++) {
            w.normalisation(statistics, i);
            w.clear(sum);
            w.clear(products);
            for (int p = 0; p < w.phases; p++) {
                w.read(z, i, p, x);
                w.read(zDot, i, p, xDot);
                LaneMath.affine(x, w.inverse, w.offset, x, w.size);
                LaneMath.sums(xDot, x, sum, products, w.size);
            }
            w.fold(sum, total);
            w.fold(products, correlation);
            for (int k = 0; k < w.channels; k++) {
                float meanDot = (float) (total[k] / w.pixels);
                float s = (float) (correlation[k] / w.pixels);
                stats.put((2 * w.n + i) * w.channels + k, meanDot);
                stats.put((3 * w.n + i) * w.channels + k, s);
                // γ r (zDot − meanDot − x̂ s) + γ̇ x̂ + β̇ as one combination of zDot, x̂ and 1
                a[k] = w.inverse[k] * g[k];
                b[k] = gDot[k] - a[k] * s;
                c[k] = bDot[k] - a[k] * meanDot;
            }
            w.expand(a, w.first);
            w.expand(b, w.second);
            w.expand(c, w.third);
            for (float[] pooled : w.pooled) {
                w.clear(pooled);
            }
            for (int p = 0; p < w.phases; p++) {
                w.read(z, i, p, x);
                w.read(zDot, i, p, xDot);
                LaneMath.affine(x, w.inverse, w.offset, x, w.size);
                LaneMath.combine(w.first, xDot, w.second, x, w.third, xDot, w.size);
                if (chain.relu()) {
                    LaneMath.mask(x, w.scale, w.shift, xDot, xDot, w.size);
                }
                LaneMath.add(xDot, w.pooled(p), w.size);
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
            Tensor dzDot) {
        Work w = new Work(chain, z);
        float[] g = w.channels("gamma", gamma);
        float[] gDot = w.channels("gammaDot", gammaDot);
        float[][] coefficients = Lanes.get().of("chain.coefficients", 5, w.size);
        float[][] perChannel = Lanes.get().of("chain.perChannel", 5, w.channels);
        FloatBuffer stats = statistics.hostFloats();
        w.weights(gamma, beta);
        TangentSums sums = new TangentSums(w);
        for (int i = 0; i < w.n; i++) {
            w.normalisation(statistics, i);
            w.movement(statistics, i);
            w.readImage(dy, i, w.pooled);
            w.readImage(dyDot, i, w.pooledDot);
            sums.take(z, zDot, i);
            for (int k = 0; k < w.channels; k++) {
                float inverse = w.inverse[k];
                double s = stats.get((3 * w.n + i) * w.channels + k);
                // a = γ u, ȧ = γ u̇ + γ̇ u, as sums over the plane of u, u̇ and their products with x̂ and x̂̇
                double meanA = g[k] * sums.u(k);
                double meanADot = g[k] * sums.uDot(k) + gDot[k] * sums.u(k);
                double m = g[k] * sums.ux(k);
                double mDot = g[k] * sums.uDotX(k) + gDot[k] * sums.ux(k) + g[k] * sums.uxDot(k);
                // −r² s (a − mean a − x̂ m) + r (ȧ − mean ȧ − x̂̇ m − x̂ ṁ)
                double factor = -inverse * inverse * s;
                perChannel[0][k] = (float) (factor * g[k] + inverse * gDot[k]);
                perChannel[1][k] = inverse * g[k];
                perChannel[2][k] = (float) (-factor * m - inverse * mDot);
                perChannel[3][k] = (float) (-inverse * m);
                perChannel[4][k] = (float) (-factor * meanA - inverse * meanADot);
            }
            for (int k = 0; k < coefficients.length; k++) {
                w.expand(perChannel[k], coefficients[k]);
            }
            for (int p = 0; p < w.phases; p++) {
                sums.load(z, zDot, i, p);
                LaneMath.combine(
                        coefficients[0], sums.u, coefficients[2], sums.x, coefficients[4], w.lanes("out"), w.size);
                LaneMath.addCombined(coefficients[1], sums.uDot, coefficients[3], sums.xDot, w.lanes("out"), w.size);
                w.write(w.lanes("out"), dzDot, i, p);
            }
        }
    }

    /** The gated gradients and their tangents at one pixel of all tiles, and their means over planes. */
    private static final class TangentSums {
        private final Work w;
        private final float[] x;
        private final float[] xDot;
        private final float[] u;
        private final float[] uDot;
        private final float[][] sums;
        private final double[][] totals;

        TangentSums(Work w) {
            this.w = w;
            x = w.lanes("x");
            xDot = w.lanes("xDot");
            u = w.lanes("u");
            uDot = w.lanes("uDot");
            sums = Lanes.get().of("chain.sums", 5, w.size);
            totals = new double[5][w.channels];
        }

        /** x̂, x̂̇, u and u̇ at pixel {@code p} of the tiles of image {@code i}. */
        void load(Tensor z, Tensor zDot, int i, int p) {
            w.read(z, i, p, x);
            LaneMath.affine(x, w.inverse, w.offset, x, w.size);
            w.read(zDot, i, p, xDot);
            LaneMath.combine(w.inverse, xDot, w.second, x, w.third, xDot, w.size);
            w.gate(x, w.pooled(p), u);
            w.gate(x, w.pooledDot[w.place(p)], uDot);
        }

        void take(Tensor z, Tensor zDot, int i) {
            for (float[] sum : sums) {
                w.clear(sum);
            }
            for (int p = 0; p < w.phases; p++) {
                load(z, zDot, i, p);
                LaneMath.sums(u, x, sums[0], sums[1], w.size);
                LaneMath.sums(uDot, x, sums[2], sums[3], w.size);
                LaneMath.addProducts(u, xDot, sums[4], w.size);
            }
            for (int k = 0; k < totals.length; k++) {
                w.fold(sums[k], totals[k]);
            }
        }

        double u(int channel) {
            return totals[0][channel] / w.pixels;
        }

        double ux(int channel) {
            return totals[1][channel] / w.pixels;
        }

        double uDot(int channel) {
            return totals[2][channel] / w.pixels;
        }

        double uDotX(int channel) {
            return totals[3][channel] / w.pixels;
        }

        double uxDot(int channel) {
            return totals[4][channel] / w.pixels;
        }
    }

    /** The extents of one call and the lanes it works on. */
    private final class Work {
        private final Lanes own = Lanes.get();
        private final Chain chain;
        private final int n;
        private final int channels;
        private final int phases;
        private final int pixels;
        private final int size;
        private final Tiles small;
        private final float share;
        private final float[][] pooled;
        private final float[][] pooledDot;
        private final double[][] totals;
        private final float[] inverse;
        private final float[] offset;
        private final float[] scale;
        private final float[] shift;
        private final float[] first;
        private final float[] second;
        private final float[] third;
        private final float[] image;

        Work(Chain chain, Tensor z) {
            this.chain = chain;
            n = z.dim(0);
            channels = z.dim(1);
            phases = side * side;
            pixels = z.dim(2) * z.dim(3);
            small = new Tiles(side / chain.pool(), z.dim(2) / side, z.dim(3) / side, channels);
            size = small.lanes();
            share = 1f / (chain.pool() * chain.pool());
            pooled = java.util.Arrays.copyOf(own.of("chain.pooled", small.phases(), size), small.phases());
            pooledDot = java.util.Arrays.copyOf(own.of("chain.pooledDot", small.phases(), size), small.phases());
            totals = new double[2][channels];
            inverse = lanes("inverse");
            offset = lanes("offset");
            scale = lanes("gammas");
            shift = lanes("betas");
            first = lanes("first");
            second = lanes("second");
            third = lanes("third");
            image = own.of("chain.image", small.elements());
        }

        float[] lanes(String purpose) {
            return own.of("chain." + purpose, size);
        }

        float[] channels(String purpose) {
            return own.of("chain.channel." + purpose, channels);
        }

        float[] channels(String purpose, Tensor values) {
            float[] array = channels(purpose);
            values.hostFloats().get(0, array, 0, channels);
            return array;
        }

        void read(Tensor z, int i, int p, float[] lanes) {
            z.hostFloats().get((p * n + i) * size, lanes, 0, size);
        }

        void write(float[] lanes, Tensor z, int i, int p) {
            z.hostFloats().put((p * n + i) * size, lanes, 0, size);
        }

        void clear(float[] lanes) {
            java.util.Arrays.fill(lanes, 0, size, 0);
        }

        /** Repeats a value per channel for every tile; the source may be a vector of lanes too. */
        void expand(float[] perChannel, float[] lanes) {
            for (int from = 0; from < size; from += channels) {
                System.arraycopy(perChannel, 0, lanes, from, channels);
            }
        }

        /** Sums over tiles. */
        void fold(float[] lanes, double[] perChannel) {
            java.util.Arrays.fill(perChannel, 0);
            for (int from = 0; from < size; from += channels) {
                for (int k = 0; k < channels; k++) {
                    perChannel[k] += lanes[from + k];
                }
            }
        }

        /** γ and β for every lane. */
        void weights(Tensor gamma, Tensor beta) {
            expand(channels("gamma", gamma), scale);
            expand(channels("beta", beta), shift);
        }

        /** Makes {@code x̂ = z · inverse + offset} for image {@code i}. */
        void normalisation(Tensor statistics, int i) {
            float[] means = channels("a");
            float[] inverses = channels("b");
            statistics.hostFloats().get(i * channels, means, 0, channels);
            statistics.hostFloats().get((n + i) * channels, inverses, 0, channels);
            for (int k = 0; k < channels; k++) {
                means[k] = -means[k] * inverses[k];
            }
            expand(inverses, inverse);
            expand(means, offset);
        }

        /** Makes {@code x̂̇ = inverse · zDot + second · x̂ + third} for image {@code i}. */
        void movement(Tensor statistics, int i) {
            float[] means = channels("a");
            float[] products = channels("b");
            statistics.hostFloats().get((2 * n + i) * channels, means, 0, channels);
            statistics.hostFloats().get((3 * n + i) * channels, products, 0, channels);
            for (int k = 0; k < channels; k++) {
                means[k] = -means[k] * inverse[k];
                products[k] = -products[k] * inverse[k];
            }
            expand(products, second);
            expand(means, third);
        }

        /** The gradient in front of the ReLU, given x̂ and the gradient behind it. */
        float[] gate(float[] normed, float[] gradient, float[] out) {
            if (!chain.relu()) {
                return copy(gradient, out);
            }
            LaneMath.mask(normed, scale, shift, gradient, out, size);
            return out;
        }

        private float[] copy(float[] from, float[] to) {
            System.arraycopy(from, 0, to, 0, size);
            return to;
        }

        int place(int p) {
            int pool = chain.pool();
            return p / side / pool * (side / pool) + p % side / pool;
        }

        float[] pooled(int p) {
            return pooled[place(p)];
        }

        void writeImage(Tensor y, int i) {
            if (share != 1) {
                for (float[] lanes : pooled) {
                    LaneMath.scale(lanes, share, size);
                }
            }
            small.join(pooled, layout, image);
            y.hostFloats().put(i * small.elements(), image, 0, small.elements());
        }

        /** A gradient with respect to y, its share for every pixel of a pooling window. */
        void readImage(Tensor dy, int i, float[][] target) {
            dy.hostFloats().get(i * small.elements(), image, 0, small.elements());
            small.split(image, layout, target);
            if (share != 1) {
                for (float[] lanes : target) {
                    LaneMath.scale(lanes, share, size);
                }
            }
        }
    }
}
