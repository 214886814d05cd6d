/**
 * Condensation: Algorithm 1 of the paper, readable in {@link io.mdc.condense.Condenser}.
 *
 * <p>A {@link io.mdc.condense.Trajectory} is θ through the loops, a {@link io.mdc.condense.Condensation} is S; a
 * {@link io.mdc.condense.Method} is a {@link io.mdc.condense.BaseMethod} and a subset loss. Networks that a method
 * needs before a run are a {@link io.mdc.pretrained.Preparation}.
 *
 * <p>Invariants: the test set is never looked at; all random numbers are derived from the seed and the
 * {@link io.mdc.condense.Place} in the loops, never from a running generator, so that a resumed run draws what the
 * uninterrupted one would have; a checkpoint can be taken after every inner loop and holds every bit of state; the same
 * seed on the same machine gives the same bytes for any number of threads.
 *
 * <p>To add a condensation method, implement {@link io.mdc.condense.BaseMethod} and name it in
 * {@link io.mdc.condense.Method}.
 */
package io.mdc.condense;
