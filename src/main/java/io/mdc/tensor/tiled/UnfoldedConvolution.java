package io.mdc.tensor.tiled;

import io.mdc.base.Workers;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.TiledConvolution;
import io.mdc.tensor.blas.Blas;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * {@link TiledConvolution} by unfolding the neighbourhoods of all pixels into the rows of one matrix, for inputs of few
 * channels, where transforms would cost more than they save.
 *
 * <p>With {@code cols [pixels, 9·in]} in the order of z: {@code z = cols W}, {@code dW = colsᵀ dz}, {@code dx = fold(dz
 * Wᵀ)}. The state holds cols.
 */
final class UnfoldedConvolution implements TiledConvolution {
    private static final int TAPS = 9;
    private static final int SIDE = 3;

    /** Pixels whose share of the weight gradient is one product, small enough for {@link Blas}'s fast way. */
    private static final int BLOCK = 256;

    private final int in;
    private final int out;
    private final Tiles tiles;
    private final ThreadLocal<UnfoldedWorkspace> workspaces;
    private final int paddedRow;

    /** From a tile to the next one in a padded image. */
    private final int step;

    /** A row of the neighbourhood of a pixel. */
    private final int length;

    UnfoldedConvolution(int in, int out, int height, int width, int side, ThreadLocal<UnfoldedWorkspace> workspaces) {
        this.in = in;
        this.out = out;
        this.workspaces = workspaces;
        tiles = new Tiles(side, height / side, width / side, in);
        paddedRow = (width + 2) * in;
        step = side * in;
        length = SIDE * in;
    }

    @Override
    public int stateSize(int n) {
        return n * tiles.elements() * TAPS;
    }

    @Override
    public int preparedSize() {
        return 2 * TAPS * in * out;
    }

    @Override
    public void prepare(Tensor w, Tensor prepared) {
        float[] weights = w.toFloats();
        float[] both = new float[preparedSize()];
        int rows = TAPS * in;
        for (int o = 0; o < out; o++) {
            for (int c = 0; c < in; c++) {
                for (int tap = 0; tap < TAPS; tap++) {
                    float weight = weights[(o * in + c) * TAPS + tap];
                    int row = tap * in + c;
                    both[row * out + o] = weight;
                    both[rows * out + o * rows + row] = weight;
                }
            }
        }
        prepared.host().floats().put(0, both);
    }

    private long transposed(Tensor prepared) {
        return prepared.host().address() + (long) Float.BYTES * TAPS * in * out;
    }

    private int pixels(int n) {
        return n * tiles.phases() * tiles.count();
    }

    @Override
    public void forward(Tensor x, Tensor prepared, Tensor state, Tensor z) {
        unfold(x, state.host().floats());
        multiply(x.dim(0), state, prepared, z);
    }

    private void multiply(int n, Tensor state, Tensor prepared, Tensor z) {
        multiply(n, out, TAPS * in, state, prepared.host().address(), 0, z);
    }

    /** {@code c = a · b + beta · c} with a row for every pixel. */
    private void multiply(int n, int columns, int inner, Tensor a, long b, float beta, Tensor c) {
        int rows = pixels(n);
        Workers.split(Blas.pieces(rows, columns, inner), (first, end) -> Blas.get()
                .multiplyPieces(
                        first,
                        end,
                        false,
                        rows,
                        columns,
                        inner,
                        a.host().address(),
                        b,
                        beta,
                        c.host().address()));
    }

    @Override
    public void backward(Tensor prepared, Tensor dz, Tensor state, Tensor dx, Tensor dw) {
        if (dw != null) {
            float[] sum = emptySum();
            correlate(state, dz, sum);
            order(sum, dw);
        }
        if (dx != null) {
            int n = dz.dim(0);
            int rows = TAPS * in;
            Tensor columns = workspaces.get().columns.atLeast(pixels(n) * rows);
            multiply(n, rows, out, dz, transposed(prepared), 0, columns);
            fold(columns.host().floats(), dx);
        }
    }

    private float[] emptySum() {
        float[] sum = workspaces.get().sum.of(TAPS * in * out);
        Arrays.fill(sum, 0);
        return sum;
    }

    /** {@code sum += colsᵀ dz}, block after block. */
    private void correlate(Tensor columns, Tensor dz, float[] sum) {
        int blocks = (pixels(dz.dim(0)) + BLOCK - 1) / BLOCK;
        int rows = TAPS * in;
        Tensor products = workspaces.get().products.atLeast(blocks * rows * out);
        Workers.split(blocks, (first, end) -> multiplyBlocks(columns, dz, first, end, products));
        FloatBuffer ofBlocks = products.host().floats();
        Workers.split(rows, (first, end) -> {
            int length = (end - first) * out;
            float[] share = workspaces.get().share.of(length);
            float[] product = workspaces.get().product.of(length);
            System.arraycopy(sum, first * out, share, 0, length);
            for (int block = 0; block < blocks; block++) {
                ofBlocks.get((block * rows + first) * out, product, 0, length);
                LaneMath.add(product, share, length);
            }
            System.arraycopy(share, 0, sum, first * out, length);
        });
    }

    /** {@code colsᵀ dz} of every block for itself. */
    private void multiplyBlocks(Tensor columns, Tensor dz, int first, int end, Tensor products) {
        int all = pixels(dz.dim(0));
        int rows = TAPS * in;
        for (int block = first; block < end; block++) {
            long from = (long) Float.BYTES * block * BLOCK;
            Blas.get()
                    .multiplyAtOnce(
                            true,
                            false,
                            rows,
                            out,
                            Math.min(BLOCK, all - block * BLOCK),
                            columns.host().address() + from * rows,
                            dz.host().address() + from * out,
                            0,
                            products.host().address() + (long) Float.BYTES * block * rows * out);
        }
    }

    /** Brings a gradient {@code [taps, in, out]} into the order of weights. */
    private void order(float[] sum, Tensor dw) {
        int rows = TAPS * in;
        float[] ordered = workspaces.get().ordered.of(rows * out);
        for (int o = 0; o < out; o++) {
            for (int c = 0; c < in; c++) {
                for (int tap = 0; tap < TAPS; tap++) {
                    ordered[(o * in + c) * TAPS + tap] = sum[(tap * in + c) * out + o];
                }
            }
        }
        dw.host().floats().put(0, ordered, 0, rows * out);
    }

    @Override
    public void tangent(Tensor xDot, Tensor prepared, Tensor preparedDot, Tensor state, Tensor zDot) {
        int n = zDot.dim(0);
        multiply(n, state, preparedDot, zDot);
        if (xDot != null) {
            Tensor columns = workspaces.get().columns.atLeast(stateSize(n));
            unfold(xDot, columns.host().floats());
            multiply(n, out, TAPS * in, columns, prepared.host().address(), 1, zDot);
        }
    }

    @Override
    public void backwardTangent(
            Tensor prepared,
            Tensor preparedDot,
            Tensor xDot,
            Tensor dz,
            Tensor dzDot,
            Tensor state,
            Tensor dxDot,
            Tensor dwDot) {
        int n = dzDot.dim(0);
        int rows = TAPS * in;
        Tensor columns = workspaces.get().columns.atLeast(pixels(n) * rows);
        if (dxDot != null) {
            multiply(n, rows, out, dzDot, transposed(prepared), 0, columns);
            multiply(n, rows, out, dz, transposed(preparedDot), 1, columns);
            fold(columns.host().floats(), dxDot);
        }
        if (dwDot != null) {
            float[] sum = emptySum();
            correlate(state, dzDot, sum);
            if (xDot != null) {
                unfold(xDot, columns.host().floats());
                correlate(columns, dz, sum);
            }
            order(sum, dwDot);
        }
    }

    private void unfold(Tensor x, FloatBuffer target) {
        Workers.split(x.dim(0), (first, end) -> unfold(x, target, first, end));
    }

    private void unfold(Tensor x, FloatBuffer target, int first, int end) {
        int n = x.dim(0);
        UnfoldedWorkspace own = workspaces.get();
        float[] padded = own.padded.of((tiles.height() + 2) * paddedRow);
        int all = tiles.count() * TAPS * in;
        float[] columns = own.neighbourhoods.of(all);
        for (int i = first; i < end; i++) {
            pad(own.images.read(x, i, tiles), padded);
            for (int p = 0; p < tiles.phases(); p++) {
                int to = 0;
                for (int row = 0; row < tiles.rows(); row++) {
                    int from = corner(p, row);
                    for (int column = 0; column < tiles.columns(); column++, from += step) {
                        for (int r = from; r <= from + (SIDE - 1) * paddedRow; r += paddedRow, to += length) {
                            Runs.copy(padded, r, columns, to, length);
                        }
                    }
                }
                target.put((p * n + i) * all, columns, 0, all);
            }
        }
    }

    /** Where the neighbourhood of pixel {@code p} of the first tile of a row of tiles begins in a padded image. */
    private int corner(int p, int row) {
        return (row * tiles.side() + p / tiles.side()) * paddedRow + p % tiles.side() * in;
    }

    private void pad(float[] image, float[] padded) {
        int row = tiles.width() * in;
        Arrays.fill(padded, 0, (tiles.height() + 2) * paddedRow, 0);
        for (int y = 0; y < tiles.height(); y++) {
            System.arraycopy(image, y * row, padded, (y + 1) * paddedRow + in, row);
        }
    }

    /** The adjoint of {@link #unfold}. */
    private void fold(FloatBuffer source, Tensor dx) {
        Workers.split(dx.dim(0), (first, end) -> fold(source, dx, first, end));
    }

    private void fold(FloatBuffer source, Tensor dx, int first, int end) {
        int n = dx.dim(0);
        UnfoldedWorkspace own = workspaces.get();
        float[] image = own.image.of(tiles.elements());
        float[] padded = own.padded.of((tiles.height() + 2) * paddedRow);
        int all = tiles.count() * TAPS * in;
        float[] columns = own.neighbourhoods.of(all);
        int width = tiles.width() * in;
        for (int i = first; i < end; i++) {
            Arrays.fill(padded, 0, (tiles.height() + 2) * paddedRow, 0);
            for (int p = 0; p < tiles.phases(); p++) {
                source.get((p * n + i) * all, columns, 0, all);
                int from = 0;
                for (int row = 0; row < tiles.rows(); row++) {
                    int to = corner(p, row);
                    for (int column = 0; column < tiles.columns(); column++, to += step) {
                        for (int r = to; r <= to + (SIDE - 1) * paddedRow; r += paddedRow, from += length) {
                            Runs.add(columns, from, padded, r, length);
                        }
                    }
                }
            }
            for (int y = 0; y < tiles.height(); y++) {
                System.arraycopy(padded, (y + 1) * paddedRow + in, image, y * width, width);
            }
            own.images.write(image, dx, i, tiles);
        }
    }
}
