package io.mdc.tensor;

/**
 * Convolutions of 3×3 and the chains behind them in a layout of their own, for backends that gain by it.
 *
 * <p>What a {@link TiledConvolution} writes and a tiled chain reads is <em>tiled</em>, see {@link Layout#TILES_4}. The
 * twin of each is a {@link ConvolutionOps} and a {@link ChainOps} of planes.
 */
public interface TiledOps {

    /**
     * The side m of the tiles to compute a convolution of stride 1 and padding 1 in, or 0 if planes are the better way.
     *
     * @param in channels of its input
     * @param out channels of its output
     * @param height of the planes
     * @param width of the planes
     * @param chain what follows
     */
    int side(int in, int out, int height, int width, Chain chain);

    /** The convolution from images in {@code input} layout to tiles of side {@code side}. */
    TiledConvolution convolution(int in, int out, int height, int width, int side, Layout input);

    /** Chains from tiles of side {@code side} to images in {@code output} layout. */
    ChainOps chains(int side, Layout output);
}
