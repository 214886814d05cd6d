package io.mdc.condense;

import io.mdc.trajectory.Trajectory;

/**
 * All that a run needs to go on after an inner loop.
 *
 * @param outer the present outer loop t, from 1
 * @param inner inner loops done in it, from 0 to E; after the end of the run 0, with t = T + 1
 * @param images of the condensation
 * @param network of the trajectory
 */
public record CondenseState(int outer, int inner, Condensation.State images, Trajectory.State network) {}
