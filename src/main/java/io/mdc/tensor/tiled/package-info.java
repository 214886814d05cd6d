/**
 * 3×3 convolutions and the chains behind them over host memory in a tiled layout: Winograd's convolution, the unfolded
 * one for few channels, and norm + ReLU + pooling over lanes ({@code docs/adr/0011}).
 *
 * <p>Invariants: loops read and write separate arrays at one and the same index, which is what the JIT of Java 17 turns
 * into vector instructions (see {@code LinearMap}); products are made by address, in pieces that OpenBLAS computes
 * without copying (see {@link io.mdc.tensor.blas.Blas}); everything is tested against ND4J's direct convolution and
 * chain in double.
 *
 * <p>To add a way to compute a convolution, implement {@link io.mdc.tensor.TiledConvolution} and say in
 * {@link io.mdc.tensor.tiled.HostTiledOps} which shapes it is for.
 */
package io.mdc.tensor.tiled;
