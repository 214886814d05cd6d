/**
 * The families of {@code io.mdc.tensor} as kernels of our own on an NVIDIA GPU, through its driver alone.
 *
 * <p>The kernels are CUDA C in {@code src/main/cuda}, a file for each family, and come as PTX, which the driver
 * compiles for the GPU there is; {@code scripts/gpu-kernels} makes it. The same sources run without a GPU on the
 * emulator that {@code scripts/gpu-emulator} builds.
 *
 * <p>Invariants: everything goes through one stream, in the order in which threads ask for it, so that what depends on
 * something comes behind it; sums are in an order that depends on shapes alone, those of a group of samples on its own,
 * so that a device gives the same bytes every time; numbers are read back when they are asked for, all that are under
 * way at once; only floats.
 *
 * <p>Size: it is a whole backend, the driver's calls and a launch of every kernel; families share its memory, which
 * nobody outside may see.
 *
 * <p>To add a primitive, write its kernel in the file of its family with {@code REGISTER}, name it in
 * {@link io.mdc.tensor.cuda.Kernel}, and launch it with arguments in the order of its parameters.
 */
package io.mdc.tensor.cuda;
