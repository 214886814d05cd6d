/**
 * Condensation: Algorithm 1 of the paper, readable in {@link io.mdc.condense.Condenser}.
 *
 * <p>A {@link io.mdc.trajectory.Trajectory} is θ through the loops, a {@link io.mdc.condense.Condensation} is S; what
 * happens is told to a {@link io.mdc.condense.CondenseObserver}.
 *
 * <p>Invariants: the test set is never looked at; a checkpoint can be taken after every inner loop and holds every bit
 * of state; a condensation has the bytes that it has alone, whatever is driven beside it; the same seed on the same
 * machine gives the same bytes for any number of threads.
 *
 * <p>To add what is looked for in a run that goes wrong, add a sign to {@link io.mdc.condense.Divergence}.
 */
package io.mdc.condense;
