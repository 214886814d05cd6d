package io.mdc.tensor.tiled;

import io.mdc.base.Workers;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.TiledConvolution;
import io.mdc.tensor.blas.Blas;
import java.nio.FloatBuffer;

/**
 * {@link TiledConvolution} by {@link Winograd}'s transforms and one matrix product for each pixel of a window.
 *
 * <p>Transformed arrays are {@code [window²][tiles of all samples][C]}. The state holds x̃, then d̃: each is made once
 * and serves the forward pass, both adjoints and both tangents.
 */
final class WinogradConvolution implements TiledConvolution {
    /** Input channels transformed at a time when weights are prepared. */
    private static final int ROWS = 8;

    private static final int TAPS = 9;

    private final int in;
    private final int out;
    private final Winograd winograd;
    private final int points;
    private final Tiles inTiles;
    private final Tiles outTiles;
    private final ThreadLocal<WinogradWorkspace> workspaces;

    WinogradConvolution(int in, int out, int height, int width, int side, ThreadLocal<WinogradWorkspace> workspaces) {
        this.in = in;
        this.out = out;
        this.workspaces = workspaces;
        winograd = Winograd.of(side);
        points = winograd.window * winograd.window;
        inTiles = new Tiles(side, height / side, width / side, in);
        outTiles = new Tiles(side, height / side, width / side, out);
    }

    @Override
    public int stateSize(int n) {
        return points * n * (inTiles.lanes() + outTiles.lanes());
    }

    @Override
    public int preparedSize() {
        return 2 * points * in * out;
    }

    @Override
    public void prepare(Tensor w, Tensor prepared) {
        float[] weights = workspaces.get().weights.of(in * out * TAPS);
        FloatBuffer source = w.host().floats();
        Workers.split(
                out, (from, to) -> source.get(from * in * TAPS, weights, from * in * TAPS, (to - from) * in * TAPS));
        FloatBuffer target = prepared.host().floats();
        prepare(weights, in, out, TAPS, in * TAPS, target, 0);
        prepare(weights, out, in, in * TAPS, TAPS, target, points * in * out);
    }

    /** Transforms weights {@code [rows][columns][9]}, given by their strides, into {@code [window²][rows][columns]}. */
    private void prepare(
            float[] weights, int rows, int columns, int rowStride, int stride, FloatBuffer target, int at) {
        Workers.split(
                (rows + ROWS - 1) / ROWS,
                (from, to) -> prepareRows(
                        weights, from * ROWS, Math.min(rows, to * ROWS), rows, columns, rowStride, stride, target, at));
    }

    private void prepareRows(
            float[] weights,
            int begin,
            int end,
            int rows,
            int columns,
            int rowStride,
            int stride,
            FloatBuffer target,
            int at) {
        WinogradWorkspace own = workspaces.get();
        int lanes = ROWS * columns;
        float[][] taps = own.taps.of(TAPS, lanes);
        float[][] between = own.filterBetween.of(points, lanes);
        float[][] transformed = own.filterPoints.of(points, lanes);
        for (int first = begin; first < end; first += ROWS) {
            int some = Math.min(ROWS, end - first);
            for (int r = 0; r < some; r++) {
                for (int c = 0; c < columns; c++) {
                    int from = (first + r) * rowStride + c * stride;
                    for (int tap = 0; tap < TAPS; tap++) {
                        taps[tap][r * columns + c] = weights[from + tap];
                    }
                }
            }
            winograd.filter.applyTwice(taps, between, transformed, some * columns);
            for (int k = 0; k < points; k++) {
                target.put(at + (k * rows + first) * columns, transformed[k], 0, some * columns);
            }
        }
    }

    @Override
    public void forward(Tensor x, Tensor prepared, Tensor state, Tensor z) {
        int n = x.dim(0);
        transformInput(x, state.host().floats());
        Tensor products = products(n, out);
        multiply(n, in, out, state.host().address(), prepared.host().address(), 0, products);
        transformOutput(products.host().floats(), n, z.host().floats());
    }

    @Override
    public void backward(Tensor prepared, Tensor dz, Tensor state, Tensor dx, Tensor dw) {
        int n = dz.dim(0);
        int deltas = points * n * inTiles.lanes();
        adjointOfOutput(dz.host().floats(), n, state.host().floats(), deltas);
        if (dw != null) {
            Tensor sums = sums();
            correlate(n, state.host().address(), state.host().address() + (long) Float.BYTES * deltas, 0, sums);
            adjointOfFilter(sums.host().floats(), dw);
        }
        if (dx != null) {
            Tensor products = products(n, in);
            multiply(
                    n,
                    out,
                    in,
                    state.host().address() + (long) Float.BYTES * deltas,
                    transposed(prepared),
                    0,
                    products);
            adjointOfInput(products.host().floats(), dx);
        }
    }

    @Override
    public void tangent(Tensor xDot, Tensor prepared, Tensor preparedDot, Tensor state, Tensor zDot) {
        int n = zDot.dim(0);
        Tensor products = products(n, out);
        multiply(n, in, out, state.host().address(), preparedDot.host().address(), 0, products);
        if (xDot != null) {
            Tensor moved = workspaces.get().moved.atLeast(points * n * inTiles.lanes());
            transformInput(xDot, moved.host().floats());
            multiply(n, in, out, moved.host().address(), prepared.host().address(), 1, products);
        }
        transformOutput(products.host().floats(), n, zDot.host().floats());
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
        long deltas = state.host().address() + (long) Float.BYTES * points * n * inTiles.lanes();
        Tensor moved = workspaces.get().moved.atLeast(points * n * outTiles.lanes());
        adjointOfOutput(dzDot.host().floats(), n, moved.host().floats(), 0);
        if (dxDot != null) {
            Tensor products = products(n, in);
            multiply(n, out, in, moved.host().address(), transposed(prepared), 0, products);
            multiply(n, out, in, deltas, transposed(preparedDot), 1, products);
            adjointOfInput(products.host().floats(), dxDot);
        }
        if (dwDot != null) {
            Tensor sums = sums();
            correlate(n, state.host().address(), moved.host().address(), 0, sums);
            if (xDot != null) {
                moved = workspaces.get().moved.atLeast(points * n * inTiles.lanes());
                transformInput(xDot, moved.host().floats());
                correlate(n, moved.host().address(), deltas, 1, sums);
            }
            adjointOfFilter(sums.host().floats(), dwDot);
        }
    }

    private Tensor products(int n, int channels) {
        return workspaces.get().products.atLeast(points * n * inTiles.count() * channels);
    }

    private long transposed(Tensor prepared) {
        return prepared.host().address() + (long) Float.BYTES * points * in * out;
    }

    /** {@code products[k] = a[k] · b[k] + beta · products[k]} for every point k of a window. */
    private void multiply(int n, int from, int to, long a, long b, float beta, Tensor products) {
        multiplyPoints(false, n * inTiles.count(), to, from, a, b, beta, products);
    }

    /**
     * {@code c[k] = op(a[k]) · b[k] + beta · c[k]} for every point k of a window, as {@link Blas#multiply} makes each.
     */
    private void multiplyPoints(boolean transposeA, int m, int n, int k, long a, long b, float beta, Tensor c) {
        long target = c.host().address();
        int pieces = Blas.pieces(m, n, k);
        Workers.split(points * pieces, (first, end) -> {
            for (int from = first; from < end; ) {
                int point = from / pieces;
                int to = Math.min(end, (point + 1) * pieces);
                Blas.get()
                        .multiplyPieces(
                                from - point * pieces,
                                to - point * pieces,
                                transposeA,
                                m,
                                n,
                                k,
                                a + (long) Float.BYTES * point * m * k,
                                b + (long) Float.BYTES * point * k * n,
                                beta,
                                target + (long) Float.BYTES * point * m * n);
                from = to;
            }
        });
    }

    private void transformInput(Tensor x, FloatBuffer target) {
        Workers.split(x.dim(0), (first, end) -> transformInput(x, target, first, end));
    }

    private void transformInput(Tensor x, FloatBuffer target, int first, int end) {
        int n = x.dim(0);
        WinogradWorkspace own = workspaces.get();
        int lanes = inTiles.rowLanes();
        float[][] windows = own.in.of(points, lanes);
        float[][] between = own.between.of(points, lanes);
        float[][] transformed = own.out.of(points, lanes);
        for (int i = first; i < end; i++) {
            float[] image = own.images.read(x, i, inTiles);
            for (int row = 0; row < inTiles.rows(); row++) {
                inTiles.windows(image, row, windows);
                winograd.input.applyTwice(windows, between, transformed, lanes);
                for (int k = 0; k < points; k++) {
                    target.put((k * n + i) * inTiles.lanes() + row * lanes, transformed[k], 0, lanes);
                }
            }
        }
    }

    private void adjointOfInput(FloatBuffer products, Tensor dx) {
        Workers.split(dx.dim(0), (first, end) -> adjointOfInput(products, dx, first, end));
    }

    private void adjointOfInput(FloatBuffer products, Tensor dx, int first, int end) {
        int n = dx.dim(0);
        WinogradWorkspace own = workspaces.get();
        int lanes = inTiles.rowLanes();
        float[] image = own.image.of(inTiles.elements());
        float[][] transformed = own.in.of(points, lanes);
        float[][] between = own.between.of(points, lanes);
        float[][] windows = own.out.of(points, lanes);
        for (int i = first; i < end; i++) {
            own.windowSum.start(inTiles);
            for (int row = 0; row < inTiles.rows(); row++) {
                for (int k = 0; k < points; k++) {
                    products.get((k * n + i) * inTiles.lanes() + row * lanes, transformed[k], 0, lanes);
                }
                winograd.inputAdjoint.applyTwice(transformed, between, windows, lanes);
                own.windowSum.add(windows, row, image);
            }
            own.images.write(image, dx, i, inTiles);
        }
    }

    private void transformOutput(FloatBuffer products, int n, FloatBuffer z) {
        mapTiles(winograd.output, products, n, z, 0);
    }

    private void adjointOfOutput(FloatBuffer dz, int n, FloatBuffer target, int at) {
        mapTiles(winograd.outputAdjoint, dz, n, target, at);
    }

    /** Applies a map to the points of all tiles of the output, which are runs of memory on both sides. */
    private void mapTiles(LinearMap map, FloatBuffer from, int n, FloatBuffer to, int at) {
        Workers.split(
                n, (first, end) -> mapTiles(map, from, n, to, at, first * outTiles.lanes(), end * outTiles.lanes()));
    }

    private void mapTiles(LinearMap map, FloatBuffer from, int n, FloatBuffer to, int at, int first, int end) {
        WinogradWorkspace own = workspaces.get();
        int lanes = outTiles.rowLanes();
        int all = n * outTiles.lanes();
        int inputs = map.inputs() * map.inputs();
        int outputs = map.outputs() * map.outputs();
        float[][] in = own.in.of(points, lanes);
        float[][] between = own.between.of(points, lanes);
        float[][] out = own.out.of(points, lanes);
        for (int start = first; start < end; start += lanes) {
            for (int k = 0; k < inputs; k++) {
                from.get(k * all + start, in[k], 0, lanes);
            }
            map.applyTwice(in, between, out, lanes);
            for (int k = 0; k < outputs; k++) {
                to.put(at + k * all + start, out[k], 0, lanes);
            }
        }
    }

    private Tensor sums() {
        return workspaces.get().sums.atLeast(points * in * out);
    }

    /** {@code sums[k] = Σ_tiles x[k]ᵀ · deltas[k] + beta · sums[k]} for every point k of a window. */
    private void correlate(int n, long x, long deltas, float beta, Tensor sums) {
        multiplyPoints(true, in, out, n * inTiles.count(), x, deltas, beta, sums);
    }

    private void adjointOfFilter(FloatBuffer sums, Tensor dw) {
        float[] weights = workspaces.get().weights.of(in * out * TAPS);
        Workers.split(
                (in + ROWS - 1) / ROWS,
                (from, to) -> adjointOfFilter(sums, from * ROWS, Math.min(in, to * ROWS), weights));
        FloatBuffer target = dw.host().floats();
        Workers.split(
                out, (from, to) -> target.put(from * in * TAPS, weights, from * in * TAPS, (to - from) * in * TAPS));
    }

    private void adjointOfFilter(FloatBuffer sums, int begin, int end, float[] weights) {
        WinogradWorkspace own = workspaces.get();
        int lanes = ROWS * out;
        float[][] transformed = own.filterPoints.of(points, lanes);
        float[][] between = own.filterBetween.of(points, lanes);
        float[][] taps = own.taps.of(TAPS, lanes);
        for (int first = begin; first < end; first += ROWS) {
            int some = Math.min(ROWS, end - first);
            for (int k = 0; k < points; k++) {
                sums.get((k * in + first) * out, transformed[k], 0, some * out);
            }
            winograd.filterAdjoint.applyTwice(transformed, between, taps, some * out);
            for (int o = 0; o < out; o++) {
                for (int r = 0; r < some; r++) {
                    int to = (o * in + first + r) * TAPS;
                    for (int tap = 0; tap < TAPS; tap++) {
                        weights[to + tap] = taps[tap][r * out + o];
                    }
                }
            }
        }
    }
}
