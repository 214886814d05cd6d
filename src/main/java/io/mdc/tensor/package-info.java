/**
 * Arrays and the primitives everything else is written in: what a backend is, not how one works.
 *
 * <p>A {@link io.mdc.tensor.Tensor} is a shape over a {@link io.mdc.tensor.Storage}, which may be memory of any kind; a
 * {@link io.mdc.tensor.Backend} has an {@link io.mdc.tensor.Allocator} of its own and families of primitives:
 * {@link io.mdc.tensor.VectorOps}, {@link io.mdc.tensor.MatrixOps}, {@link io.mdc.tensor.ConvolutionOps},
 * {@link io.mdc.tensor.ChainOps}, {@link io.mdc.tensor.PlaneOps}, {@link io.mdc.tensor.BatchNormOps} and
 * {@link io.mdc.tensor.ImageOps}. {@link io.mdc.tensor.TiledOps} is for backends that compute convolution and chain
 * faster in a layout of their own; its twin is {@link io.mdc.tensor.ConvolutionOps} with
 * {@link io.mdc.tensor.ChainOps}. A backend with {@link io.mdc.tensor.SetOps} takes several
 * {@link io.mdc.tensor.Groups} of samples in a call, with {@link io.mdc.tensor.Slices} of sets of parameters for them.
 * What primitives compute for the host are {@link io.mdc.tensor.Numbers}.
 *
 * <p>Invariants: nothing here names ND4J; nothing outside of this package and the primitives' looks into a storage. A
 * tensor knows the order of its elements, and {@code Checked…Ops} refuse shapes and layouts that do not fit before
 * memory is touched, whichever backend it is: implementations need not check. Every primitive writes into memory the
 * caller owns, never broadcasts implicitly, and gives the same bits for the same input on the same machine.
 *
 * <p>Size: half of it is {@code Checked…Ops}, the twin of each family, which stands beside it so that a primitive and
 * what it refuses are read together.
 *
 * <p>To add a primitive, add it to the family it belongs to and to every package that implements the family; a test of
 * the family runs it on all backends. To add a backend, see {@code io.mdc.backend}.
 */
package io.mdc.tensor;
