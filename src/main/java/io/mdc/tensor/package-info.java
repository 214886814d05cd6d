/**
 * Arrays and the primitives everything else is written in.
 *
 * <p>A {@link io.mdc.tensor.Tensor} is a shape and a handle; a {@link io.mdc.tensor.Backend} owns the memory and offers
 * families of primitives: {@link io.mdc.tensor.VectorOps}, {@link io.mdc.tensor.MatrixOps},
 * {@link io.mdc.tensor.ConvolutionOps}, {@link io.mdc.tensor.ChainOps}, {@link io.mdc.tensor.PlaneOps},
 * {@link io.mdc.tensor.BatchNormOps} and {@link io.mdc.tensor.ImageOps}.
 *
 * <p>Invariants: this is the only package that names ND4J arrays or ops, or looks at single elements. Tensors are dense
 * and row-major but for tiled ones; every primitive writes into memory the caller owns, never broadcasts implicitly,
 * and gives the same bits for the same input on the same machine.
 *
 * <p>{@link io.mdc.tensor.TiledOps} is for backends that compute convolution and chain faster in a layout of their own;
 * its twin is {@link io.mdc.tensor.ConvolutionOps} with {@link io.mdc.tensor.ChainOps}. Its loops keep to one index for
 * all arrays, see {@link io.mdc.tensor.LinearMap}.
 *
 * <p>Every family is implemented with ND4J ops ({@code Nd4j…Ops}), so that it runs on the CPU and on CUDA; memory-bound
 * families have a second implementation over host memory ({@code Host…Ops}), for float on the CPU only. To add a
 * backend, implement the families that differ and compose them in {@link io.mdc.tensor.Backends}; both are then held
 * against the same reference values by {@code mdc check}.
 */
package io.mdc.tensor;
