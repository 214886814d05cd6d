package io.mdc.tensor;

import java.util.Optional;

/**
 * Where tensors live and how the primitives on them are computed; composed in {@code io.mdc.backend}.
 *
 * <p>Primitives throw {@link IllegalArgumentException}, before anything is written, where shapes or layouts of what
 * they are given do not fit together; implementations of families need not check.
 *
 * @param name {@code host} or {@code nd4j}, as in {@code mdc check}
 * @param memory where the tensors made here get theirs
 * @param vectors element-wise arithmetic and sums
 * @param matrices products, and the classifier's loss
 * @param convolutions two-dimensional convolution, its adjoints and their tangents
 * @param tiled convolutions and chains in a faster layout, where this backend has one
 * @param chains instance norm + ReLU + average pooling as one step, its adjoint and their tangents
 * @param planes pooling, ReLU and channel copies
 * @param batchNorms batch norm + ReLU as one step
 * @param sets arithmetic on many sets of parameters, where this backend's primitives take several groups of samples
 * @param images conversions, warps and colour changes of image batches
 */
public record Backend(
        String name,
        Allocator memory,
        VectorOps vectors,
        MatrixOps matrices,
        ConvolutionOps convolutions,
        Optional<TiledOps> tiled,
        ChainOps chains,
        PlaneOps planes,
        BatchNormOps batchNorms,
        Optional<SetOps> sets,
        ImageOps images) {
    /** On a device: each takes an eighth of its memory, and while one reads back the other computes. */
    private static final int NETWORKS_ON_A_DEVICE = 2;

    /** Has every family check what it is given before it touches memory. */
    public Backend {
        vectors = new CheckedVectorOps(vectors);
        matrices = new CheckedMatrixOps(matrices);
        convolutions = new CheckedConvolutionOps(convolutions);
        tiled = tiled.map(CheckedTiledOps::new);
        chains = new CheckedChainOps(chains, Layout.PLANES, Layout.PLANES);
        planes = new CheckedPlaneOps(planes);
        batchNorms = new CheckedBatchNormOps(batchNorms);
        sets = sets.map(CheckedSetOps::new);
        images = new CheckedImageOps(images);
    }

    /** The element type of every tensor made here. */
    public Precision precision() {
        return memory.precision();
    }

    /** How many of so many threads may train a network each at once: few on a device, whose memory they share. */
    public int networksAtOnce(int threads) {
        return memory.isOfDevice() ? Math.min(threads, NETWORKS_ON_A_DEVICE) : threads;
    }

    /**
     * A new tensor of zeros, {@code shape} being the extent of every dimension.
     *
     * @throws IllegalArgumentException if an extent is not positive
     */
    public Tensor zeros(int... shape) {
        return Tensor.zeros(memory, shape);
    }

    /** A new tensor holding {@code values} in row-major order, rounded to this backend's precision. */
    public Tensor of(double[] values, int... shape) {
        Tensor tensor = zeros(shape);
        tensor.set(values);
        return tensor;
    }
}
