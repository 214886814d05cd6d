/**
 * Condensation: Algorithm 1 of the paper, readable in {@link io.mdc.condense.Condenser}, with checkpoints and a run
 * directory.
 *
 * <p>Invariants: all random numbers are derived from the seed and the place in the loops, never from a running
 * generator, so that a resumed run draws what the uninterrupted one would have; a checkpoint can be taken after every
 * inner loop and holds every bit of state; the same seed on the same machine gives the same bytes for any number of
 * threads.
 *
 * <p>To add a condensation method, give {@link io.mdc.condense.ClassStep} another loss, or write another loop beside
 * {@link io.mdc.condense.Condenser} and name it in {@code Method}.
 */
package io.mdc.condense;
