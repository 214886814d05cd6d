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

    /** The most sums over pixels that an operation makes, and factors that it applies. */
    private static final int SUMS = 5;

    private final int side;
    private final Layout layout;
    private final ChainWorkspace own = ChainWorkspace.get();
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
    final float[] z;
    final float[] zDot;
    final float[] u;
    final float[] uDot;
    final float[] out;
    final float[][] pooled;
    final float[][] pooledDot;
    final float[][] sums;
    final float[] centre;
    final float[] centreDot;
    final float[] scale;
    final float[] shift;
    final float[][] factors;
    final float[] gamma;
    final float[] beta;
    final float[] inverse;
    private final float[][] normalisation;
    final float[][] ofChannels;
    final double[][] totals;
    final float[] image;
    final float[] imageDot;
    private int firstRow;
    private int rows;
    private int start;
    int size;

    TiledChainWork(int side, Layout layout, Chain chain, Tensor ofZ, Tensor ofGamma, Tensor ofBeta) {
        this.side = side;
        this.layout = layout;
        this.chain = chain;
        n = ofZ.dim(0);
        channels = ofZ.dim(1);
        phases = side * side;
        pixels = ofZ.dim(2) * ofZ.dim(3);
        small = new Tiles(side / chain.pool(), ofZ.dim(2) / side, ofZ.dim(3) / side, channels);
        all = small.lanes();
        blockRows = Math.max(1, Math.min(small.rows(), BLOCK / small.rowLanes()));
        blocks = (small.rows() + blockRows - 1) / blockRows;
        most = blockRows * small.rowLanes();
        size = most;
        share = 1f / (chain.pool() * chain.pool());
        z = own.z.of(most);
        zDot = own.zDot.of(most);
        u = own.u.of(most);
        uDot = own.uDot.of(most);
        out = own.out.of(most);
        pooled = Arrays.copyOf(own.pooled.of(small.phases(), most), small.phases());
        pooledDot = Arrays.copyOf(own.pooledDot.of(small.phases(), most), small.phases());
        sums = own.sums.of(SUMS, most);
        centre = own.centre.of(most);
        centreDot = own.centreDot.of(most);
        scale = own.scale.of(most);
        shift = own.shift.of(most);
        factors = own.factors.of(SUMS, most);
        gamma = read(ofGamma, own.gamma);
        beta = read(ofBeta, own.beta);
        inverse = own.inverse.of(channels);
        normalisation = own.normalisation.of(3, channels);
        ofChannels = own.ofChannels.of(SUMS, channels);
        totals = own.totals(SUMS, channels);
        image = own.image.of(small.elements());
        imageDot = own.imageDot.of(small.elements());
    }

    private float[] read(Tensor values, Vectors target) {
        float[] array = target.of(channels);
        values.host().floats().get(0, array, 0, channels);
        return array;
    }

    /** γ's direction, per channel. */
    float[] gammaDot(Tensor values) {
        return read(values, own.gammaDot);
    }

    /** β's direction, per channel. */
    float[] betaDot(Tensor values) {
        return read(values, own.betaDot);
    }

    /** Turns to a block of rows of tiles, whose lanes number {@link #size}. */
    void block(int number) {
        firstRow = number * blockRows;
        rows = Math.min(blockRows, small.rows() - firstRow);
        start = firstRow * small.rowLanes();
        size = rows * small.rowLanes();
    }

    void read(Tensor from, int i, int p, float[] lanes) {
        from.host().floats().get((p * n + i) * all + start, lanes, 0, size);
    }

    void write(float[] lanes, Tensor to, int i, int p) {
        to.host().floats().put((p * n + i) * all + start, lanes, 0, size);
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

    /** Makes the mean, r, and {@code z · scale + shift = γ x̂ + β} for image {@code i}. */
    void normalisation(Tensor statistics, int i) {
        float[] means = normalisation[0];
        float[] scales = normalisation[1];
        float[] shifts = normalisation[2];
        statistics.host().floats().get(i * channels, means, 0, channels);
        statistics.host().floats().get((n + i) * channels, inverse, 0, channels);
        for (int k = 0; k < channels; k++) {
            scales[k] = inverse[k] * gamma[k];
            shifts[k] = beta[k] - means[k] * scales[k];
        }
        expand(means, centre);
        expand(scales, scale);
        expand(shifts, shift);
    }

    /** Makes the mean of zDot for image {@code i}. */
    void movement(Tensor statistics, int i) {
        float[] means = normalisation[0];
        statistics.host().floats().get((2 * n + i) * channels, means, 0, channels);
        expand(means, centreDot);
    }

    /** The gradient in front of the ReLU, given z and the gradient behind it. */
    float[] gate(float[] at, float[] gradient, float[] gated) {
        if (!chain.relu()) {
            return copy(gradient, gated);
        }
        LaneMath.mask(at, scale, shift, gradient, gated, size);
        return gated;
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
