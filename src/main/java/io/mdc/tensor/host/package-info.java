/**
 * Families of primitives as loops over floats in host memory, where those beat chains of ND4J ops.
 *
 * <p>Each class is the twin of one in {@code io.mdc.tensor.nd4j}, against which it is tested; what it does not do
 * better it hands on to the backend it is built over, which it knows by its interface alone. Planes and images are
 * copied into heap arrays that stay in the first cache and are worked on by branch-free loops of one stride.
 *
 * <p>Invariants: sums run in a fixed order; nothing depends on which thread computes. To add a loop, implement its
 * family here or override one method of it, and compose it in {@link io.mdc.tensor.host.HostBackend}.
 */
package io.mdc.tensor.host;
