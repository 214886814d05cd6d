/**
 * Distances between gradients of one parameter, and their derivatives (paper Eq. 1).
 *
 * <p>Invariants: a distance keeps nothing from call to call; its derivative is exact.
 *
 * <p>To add a distance, implement {@link io.mdc.matching.GradientDistance} and name it in
 * {@link io.mdc.matching.Distance}.
 */
package io.mdc.matching;
