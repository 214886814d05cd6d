/**
 * Network architectures and the gradient engine that runs them.
 *
 * <p>An architecture is a DL4J {@code ComputationGraphConfiguration} (see {@link io.mdc.network.ConvNet}), so that any
 * trained network can be saved as a DL4J model. {@link io.mdc.network.DifferentiableGraph} compiles such a
 * configuration into steps and runs it forward, backward and <em>tangent</em>: the derivative of the image gradient in
 * a direction of weight space, which is what the matching loss needs. {@link io.mdc.network.ChunkedGraph} does so for a
 * batch in chunks on all cores.
 *
 * <p>Invariants: weights have DL4J's layouts (convolution {@code [out, in, kH, kW]}, dense {@code [in, out]}),
 * activations are {@code [n, C, H, W]}. Sums over chunks are made in the order of the chunks, so that results do not
 * depend on the number of threads.
 *
 * <p>To add a layer, implement {@link io.mdc.network.Step} and teach {@link io.mdc.network.GraphCompiler} and
 * {@link io.mdc.network.GraphSupport} the DL4J layer it stands for; to add an architecture, write a class like
 * {@link io.mdc.network.ResNet} and name it in {@link io.mdc.network.Networks}.
 */
package io.mdc.network;
