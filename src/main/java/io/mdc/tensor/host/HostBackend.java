package io.mdc.tensor.host;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import io.mdc.tensor.TiledOps;
import java.util.Optional;

/** Backends whose memory-bound primitives are loops over host memory. */
public final class HostBackend {
    private HostBackend() {}

    /**
     * Loops in place of what they do faster; everything else is left to another backend.
     *
     * @param rest a backend of floats in host memory
     * @param name of the new backend
     * @param tiled convolutions and chains in a faster layout, or none
     * @throws IllegalArgumentException if {@code rest} is not of floats
     */
    public static Backend over(Backend rest, String name, Optional<TiledOps> tiled) {
        if (rest.precision() != Precision.FLOAT) {
            throw new IllegalArgumentException("loops over host memory are of floats, not " + rest.precision());
        }
        return new Backend(
                name,
                rest.memory(),
                new HostVectorOps(rest.vectors()),
                new HostMatrixOps(),
                new HostConvolutionOps(rest.convolutions(), rest.memory()),
                tiled,
                new HostChainOps(),
                new HostPlaneOps(rest.planes()),
                new HostBatchNormOps(),
                Optional.empty(),
                new HostImageOps());
    }
}
