package io.mdc.tensor;

/** {@link TiledOps} whose convolutions and chains refuse operands that do not fit together. */
record CheckedTiledOps(TiledOps ops) implements TiledOps {
    @Override
    public int side(int in, int out, int height, int width, Chain chain) {
        return ops.side(in, out, height, width, chain);
    }

    @Override
    public TiledConvolution convolution(int in, int out, int height, int width, int side, Layout input) {
        Layout tiles = Layout.tiles(side);
        if (height % side != 0 || width % side != 0) {
            throw new IllegalArgumentException(
                    "planes of " + height + " × " + width + " pixels cannot be cut into tiles of side " + side);
        }
        return new CheckedTiledConvolution(
                ops.convolution(in, out, height, width, side, input), in, out, height, width, input, tiles);
    }

    @Override
    public ChainOps chains(int side, Layout output) {
        return new CheckedChainOps(ops.chains(side, output), Layout.tiles(side), output);
    }
}
