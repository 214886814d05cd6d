package io.mdc.tensor;

import static io.mdc.tensor.Operands.elements;

/**
 * {@link TiledConvolution} that refuses operands that are not of its extents and layouts.
 *
 * @param input the layout of x
 * @param tiles the layout of z
 */
record CheckedTiledConvolution(TiledConvolution ops, int in, int out, int height, int width, Layout input, Layout tiles)
        implements TiledConvolution {

    private void x(String name, Tensor x, int n) {
        if (x != null) {
            Operands.images(name, x, input, n, in, height, width);
        }
    }

    private void z(String name, Tensor z, int n) {
        Operands.images(name, z, tiles, n, out, height, width);
    }

    private void weights(String name, Tensor w) {
        if (w != null) {
            Operands.images(name, w, Layout.PLANES, out, in, 3, 3);
        }
    }

    private void prepared(String name, Tensor prepared) {
        elements(name, prepared, preparedSize());
    }

    private void state(Tensor state, int n) {
        elements("state", state, stateSize(n));
    }

    @Override
    public int stateSize(int n) {
        return ops.stateSize(n);
    }

    @Override
    public int preparedSize() {
        return ops.preparedSize();
    }

    @Override
    public void prepare(Tensor w, Tensor prepared) {
        weights("w", w);
        prepared("prepared", prepared);
        ops.prepare(w, prepared);
    }

    @Override
    public void forward(Tensor x, Tensor prepared, Tensor state, Tensor z) {
        int n = z.dim(0);
        x("x", x, n);
        z("z", z, n);
        prepared("prepared", prepared);
        state(state, n);
        ops.forward(x, prepared, state, z);
    }

    @Override
    public void backward(Tensor prepared, Tensor dz, Tensor state, Tensor dx, Tensor dw) {
        int n = dz.dim(0);
        z("dz", dz, n);
        x("dx", dx, n);
        weights("dw", dw);
        prepared("prepared", prepared);
        state(state, n);
        ops.backward(prepared, dz, state, dx, dw);
    }

    @Override
    public void tangent(Tensor xDot, Tensor prepared, Tensor preparedDot, Tensor state, Tensor zDot) {
        int n = zDot.dim(0);
        z("zDot", zDot, n);
        x("xDot", xDot, n);
        prepared("prepared", prepared);
        prepared("preparedDot", preparedDot);
        state(state, n);
        ops.tangent(xDot, prepared, preparedDot, state, zDot);
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
        z("dz", dz, n);
        z("dzDot", dzDot, n);
        x("xDot", xDot, n);
        x("dxDot", dxDot, n);
        weights("dwDot", dwDot);
        prepared("prepared", prepared);
        prepared("preparedDot", preparedDot);
        state(state, n);
        ops.backwardTangent(prepared, preparedDot, xDot, dz, dzDot, state, dxDot, dwDot);
    }
}
