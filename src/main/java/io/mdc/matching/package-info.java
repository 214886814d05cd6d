/**
 * The matching loss: how far the network's gradient on synthetic images is from that on real ones, and the gradient of
 * that distance with respect to the synthetic images (paper Eq. 1–4).
 *
 * <p>Invariants: one {@link io.mdc.matching.GradientMatcher} step makes one forward and one backward pass over the real
 * and the synthetic batch and one tangent sweep over the synthetic images that may move; the subset term and the
 * features come from the same passes.
 *
 * <p>To add a distance, implement {@link io.mdc.matching.GradientDistance} and name it in its method {@code of}.
 */
package io.mdc.matching;
