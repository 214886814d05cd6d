/**
 * What a run computes with: the backends there are, composed of the families of {@code io.mdc.tensor} and their
 * implementations, and threads.
 *
 * <p>Invariants: {@link io.mdc.backend.Compute} is made once per command from its settings; this is the only package
 * that knows more than one implementation of a family.
 *
 * <p>To add a backend, implement the families it does better in a package beside {@code io.mdc.tensor.nd4j}, compose
 * them with the others' in {@link io.mdc.backend.Backends} and name it in {@link io.mdc.backend.BackendKind};
 * {@code mdc check} then holds it against the same reference values.
 */
package io.mdc.backend;
