package io.mdc.tensor.tiled;

import io.mdc.tensor.Chain;
import io.mdc.tensor.Layout;
import io.mdc.tensor.Tensor;
import java.util.Arrays;

/**
 * The extents of one call of {@link TiledChainOps} and the lanes it works on: a block of rows of tiles of one image at
 * a time, with the image's normalisation as one scale and shift per lane.
 */
final class TiledChainWork {
    /** Lanes worked on at a time, so that all vectors of a loop stay in the first cache. */
    private static final int BLOCK = 1024;

    private final int side;
    private final Layout layout;
    private final Lanes own = Lanes.get();
    private final Chain chain;
    final int n;
    final int channels;
    final int phases;
    final int pixels;
    private final int all;
    private final int blockRows;
    final int blocks;
    final int most;
    private final Tiles small;
    private final float share;
    final float[][] pooled;
    final float[][] pooledDot;
    final double[][] totals;
    final float[] inverse;
    final float[] centre;
    final float[] centreDot;
    final float[] scale;
    final float[] shift;
    final float[] first;
    final float[] second;
    final float[] third;
    final float[] image;
    final float[] imageDot;
    private float[] gammas;
    private float[] betas;
    private int firstRow;
    private int rows;
    private int start;
    int size;

    TiledChainWork(int side, Layout layout, Chain chain, Tensor z) {
        this.side = side;
        this.layout = layout;
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
        inverse = channels("chain.channel.inverse");
        centre = lanes("chain.centre");
        centreDot = lanes("chain.centreDot");
        scale = lanes("chain.gammas");
        shift = lanes("chain.betas");
        first = lanes("chain.first");
        second = lanes("chain.second");
        third = lanes("chain.third");
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
        return own.of(purpose, most);
    }

    float[] channels(String purpose) {
        return own.of(purpose, channels);
    }

    float[] channels(String purpose, Tensor values) {
        float[] array = channels(purpose);
        values.host().floats().get(0, array, 0, channels);
        return array;
    }

    void read(Tensor z, int i, int p, float[] lanes) {
        z.host().floats().get((p * n + i) * all + start, lanes, 0, size);
    }

    void write(float[] lanes, Tensor z, int i, int p) {
        z.host().floats().put((p * n + i) * all + start, lanes, 0, size);
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
        gammas = channels("chain.channel.gamma", gamma);
        betas = channels("chain.channel.beta", beta);
    }

    /** Makes the mean, r, and {@code z · scale + shift = γ x̂ + β} for image {@code i}. */
    void normalisation(Tensor statistics, int i) {
        float[] means = channels("chain.channel.a");
        float[] scales = channels("chain.channel.b");
        float[] shifts = channels("chain.channel.c");
        statistics.host().floats().get(i * channels, means, 0, channels);
        statistics.host().floats().get((n + i) * channels, inverse, 0, channels);
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
        float[] means = channels("chain.channel.a");
        statistics.host().floats().get((2 * n + i) * channels, means, 0, channels);
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
        y.host().floats().put(i * small.elements(), image, 0, small.elements());
    }

    /** A gradient with respect to y, its share for every pixel of a pooling window. */
    void readImage(Tensor dy, int i, float[] target) {
        dy.host().floats().get(i * small.elements(), target, 0, small.elements());
        share(target);
    }

    private void share(float[] values) {
        if (share != 1) {
            LaneMath.scale(values, share, small.elements());
        }
    }
}
