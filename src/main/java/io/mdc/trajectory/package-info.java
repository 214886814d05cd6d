/**
 * θ through outer and inner loops (Algorithm 1, lines 4 and 10): a {@link io.mdc.trajectory.Trajectory} is what drives
 * the images, and what a base method chooses.
 *
 * <p>Invariants: θ at a place follows from the settings, the seed and, of {@link io.mdc.trajectory.OwnTrajectory}
 * alone, the images; a state holds every bit that it takes to go on.
 *
 * <p>To add a way of training or drawing θ, implement {@link io.mdc.trajectory.Trajectory} and have a base method make
 * it.
 */
package io.mdc.trajectory;
