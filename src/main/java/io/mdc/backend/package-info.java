/**
 * What a run computes with: the array backends of this process, and threads.
 *
 * <p>Invariants: {@link io.mdc.backend.Compute} is made once per command from its settings.
 *
 * <p>To add a backend, compose its families and name it in {@link io.mdc.backend.BackendKind}.
 */
package io.mdc.backend;
