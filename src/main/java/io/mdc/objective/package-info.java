/**
 * What a step of the synthetic images minimises.
 *
 * <p>An {@link io.mdc.objective.Objective} takes θ, a real and a synthetic batch, and which prefixes of the latter
 * count on their own, and returns losses and the gradient of the images. {@link io.mdc.objective.GradientMatching} is
 * the paper's, {@link io.mdc.objective.DistributionMatching} that of features.
 *
 * <p>Invariants: batches are read only; θ is read only; the gradient of frozen images is 0; the same input gives the
 * same bits for any number of threads. What is returned stays valid until the objective is evaluated again.
 *
 * <p>To add one, implement {@link io.mdc.objective.Objective} on the passes of {@link io.mdc.engine.ChunkedGraph}: from
 * cross-entropy, or from any {@link io.mdc.engine.Head} at the logits or features.
 */
package io.mdc.objective;
