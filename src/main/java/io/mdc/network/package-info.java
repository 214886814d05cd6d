/**
 * Network architectures as DL4J graph configurations, so that any trained network can be saved as a DL4J model.
 *
 * <p>Invariants: weights have DL4J's layouts (convolution {@code [out, in, kH, kW]}, dense {@code [in, out]}),
 * activations are {@code [n, C, H, W]}; nothing is computed here; of files only the structure is read, never an object.
 * {@link io.mdc.network.InstanceNormalization} is named in saved models and keeps its full name.
 *
 * <p>To add an architecture, write a class like {@link io.mdc.network.ResNet} and add a constant to
 * {@link io.mdc.network.Architecture} that calls it; settings, help and files know it then.
 */
package io.mdc.network;
