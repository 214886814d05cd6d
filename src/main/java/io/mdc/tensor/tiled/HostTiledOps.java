package io.mdc.tensor.tiled;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.Layout;
import io.mdc.tensor.Scratch;
import io.mdc.tensor.TiledConvolution;
import io.mdc.tensor.TiledOps;

/** {@link TiledOps} over host memory. */
public final class HostTiledOps implements TiledOps {
    /** Fewer input channels are unfolded: transforms cost as much for them and save little. */
    private static final int FEWEST = 16;

    /** Fewer output channels leave the vectors too short. */
    private static final int SHORTEST = 8;

    private final boolean always;
    private final Scratch scratch;

    /**
     * Ops that take every convolution they can, or only those that gain by it.
     *
     * @param memory for scratch; of floats, the host's
     */
    public HostTiledOps(Allocator memory, boolean always) {
        this.always = always;
        scratch = new Scratch(memory);
    }

    @Override
    public int side(int in, int out, int height, int width, Chain chain) {
        if (out < SHORTEST && !always) {
            return 0;
        }
        for (int side : new int[] {4, 2}) {
            if (height % side == 0 && width % side == 0 && side % chain.pool() == 0) {
                return side;
            }
        }
        return 0;
    }

    @Override
    public TiledConvolution convolution(int in, int out, int height, int width, int side, Layout input) {
        return in < FEWEST && !always
                ? new UnfoldedConvolution(in, out, height, width, side, input, scratch)
                : new WinogradConvolution(in, out, height, width, side, input, scratch);
    }

    @Override
    public ChainOps chains(int side, Layout output) {
        return new TiledChainOps(side, output);
    }
}
