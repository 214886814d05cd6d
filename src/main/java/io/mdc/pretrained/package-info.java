/**
 * Networks trained on the real images before the first loop of a run, states of whose parameters are kept in the cache.
 *
 * <p>{@link io.mdc.pretrained.TrainedNetworks} trains those that are missing, as a
 * {@link io.mdc.pretrained.TrainingPlan} says, and reads them; {@link io.mdc.pretrained.Preparation} is how a run has
 * such work done. For networks of another kind, write a plan.
 *
 * <p>Invariants: a state depends on the settings in its folder's key and on the data alone, never on synthetic images,
 * so that all runs share it; a file appears complete or not at all, and a network is trained by one process at a time;
 * the same state has the same bytes whether training was interrupted or not.
 */
package io.mdc.pretrained;
