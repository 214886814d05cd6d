package io.mdc.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * {@link ChainOps} whose z is tiled (see {@link TiledOps}) and whose y is an image in some {@link Layout}; a pixel of
 * all tiles of an image at a time, with one lane per tile and channel. The twin of {@link HostChainOps}.
 *
 * <p>The variance is taken about an element of each plane, so that a large mean costs no digits.
 */
final class TiledChainOps implements ChainOps {
    /** Lanes worked on at a time, so that all vectors of a loop stay in the first cache. */
    private static final int BLOCK = 1024;

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
            Tensor dzDot) {
        Work w = new Work(chain, z);
        float[] g = w.channels("gamma", gamma);
        float[] gDot = w.channels("gammaDot", gammaDot);
        float[][] coefficients = Lanes.get().of("chain.coefficients", 5, w.most);
        float[][] perChannel = Lanes.get().of("chain.perChannel", 5, w.channels);
        FloatBuffer stats = statistics.hostFloats();
        w.weights(gamma, beta);
        TangentSums sums = new TangentSums(w);
        float[] out = w.lanes("out");
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

    /** The extents of one call and the lanes it works on. */
    private final class Work {
        private final Lanes own = Lanes.get();
        private final Chain chain;
        private final int n;
        private final int channels;
        private final int phases;
        private final int pixels;
        private final int all;
        private final int blockRows;
        private final int blocks;
        private final int most;
        private final Tiles small;
        private final float share;
        private final float[][] pooled;
        private final float[][] pooledDot;
        private final double[][] totals;
        private final float[] inverse;
        private final float[] centre;
        private final float[] centreDot;
        private final float[] scale;
        private final float[] shift;
        private final float[] first;
        private final float[] second;
        private final float[] third;
        private final float[] image;
        private final float[] imageDot;
        private float[] gammas;
        private float[] betas;
        private int firstRow;
        private int rows;
        private int start;
        private int size;

        Work(Chain chain, Tensor z) {
            this.chain = chain;
            n = z.dim(0);
            channels = z.dim(1);
            phases = side * side;
            pixels = z.dim(2) * z.dim(3);
            small = new Tiles(side / chain.pool(), z.dim(2) / side, z.dim(3) / side, channels);
            all = small.lanes();
            blockRows = Math.max(1, Math.min(small.rows(), BLOCK / small.rowLanes()));
            blocks = (small.rows() + blockRows - 1) / blockRows;
            most = blockRows * small.rowLanes();
            size = most;
            share = 1f / (chain.pool() * chain.pool());
            pooled = Arrays.copyOf(own.of("chain.pooled", small.phases(), most), small.phases());
            pooledDot = Arrays.copyOf(own.of("chain.pooledDot", small.phases(), most), small.phases());
            totals = new double[2][channels];
            inverse = channels("inverse");
            centre = lanes("centre");
            centreDot = lanes("centreDot");
            scale = lanes("gammas");
            shift = lanes("betas");
            first = lanes("first");
            second = lanes("second");
            third = lanes("third");
            image = own.of("chain.image", small.elements());
            imageDot = own.of("chain.imageDot", small.elements());
        }

        /** Turns to a block of rows of tiles, whose lanes number {@link #size}. */
        void block(int number) {
            firstRow = number * blockRows;
            rows = Math.min(blockRows, small.rows() - firstRow);
            start = firstRow * small.rowLanes();
            size = rows * small.rowLanes();
        }

        float[] lanes(String purpose) {
            return own.of("chain." + purpose, most);
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
            z.hostFloats().get((p * n + i) * all + start, lanes, 0, size);
        }

        void write(float[] lanes, Tensor z, int i, int p) {
            z.hostFloats().put((p * n + i) * all + start, lanes, 0, size);
        }

        void clear(float[]... vectors) {
            for (float[] lanes : vectors) {
                Arrays.fill(lanes, 0, most, 0);
            }
        }

        /** Repeats a value per channel for every tile of a block; the source may be a vector of lanes too. */
        void expand(float[] perChannel, float[] lanes) {
            for (int from = 0; from < most; from += channels) {
                System.arraycopy(perChannel, 0, lanes, from, channels);
            }
        }

        /** Sums over the tiles of a block. */
        void fold(float[] lanes, double[] perChannel) {
            Arrays.fill(perChannel, 0);
            for (int from = 0; from < most; from += channels) {
                for (int k = 0; k < channels; k++) {
                    perChannel[k] += lanes[from + k];
                }
            }
        }

        /** Keeps γ and β for {@link #normalisation}. */
        void weights(Tensor gamma, Tensor beta) {
            gammas = channels("gamma", gamma);
            betas = channels("beta", beta);
        }

        /** Makes the mean, r, and {@code z · scale + shift = γ x̂ + β} for image {@code i}. */
        void normalisation(Tensor statistics, int i) {
            float[] means = channels("a");
            float[] scales = channels("b");
            float[] shifts = channels("c");
            statistics.hostFloats().get(i * channels, means, 0, channels);
            statistics.hostFloats().get((n + i) * channels, inverse, 0, channels);
            for (int k = 0; k < channels; k++) {
                scales[k] = inverse[k] * gammas[k];
                shifts[k] = betas[k] - means[k] * scales[k];
            }
            expand(means, centre);
            expand(scales, scale);
            expand(shifts, shift);
        }

        /** Makes the mean of zDot for image {@code i}. */
        void movement(Tensor statistics, int i) {
            float[] means = channels("a");
            statistics.hostFloats().get((2 * n + i) * channels, means, 0, channels);
            expand(means, centreDot);
        }

        /** The gradient in front of the ReLU, given z and the gradient behind it. */
        float[] gate(float[] z, float[] gradient, float[] out) {
            if (!chain.relu()) {
                return copy(gradient, out);
            }
            LaneMath.mask(z, scale, shift, gradient, out, size);
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

        void split(float[] from, float[][] phasesOfBlock) {
            small.split(from, layout, firstRow, rows, phasesOfBlock);
        }

        void join(float[][] phasesOfBlock, float[] to) {
            small.join(phasesOfBlock, layout, firstRow, rows, to);
        }

        void writeImage(Tensor y, int i) {
            share(image);
            y.hostFloats().put(i * small.elements(), image, 0, small.elements());
        }

        /** A gradient with respect to y, its share for every pixel of a pooling window. */
        void readImage(Tensor dy, int i, float[] target) {
            dy.hostFloats().get(i * small.elements(), target, 0, small.elements());
            share(target);
        }

        private void share(float[] values) {
            if (share != 1) {
                LaneMath.scale(values, share, small.elements());
            }
        }
    }
}
