/**
 * Augmentation of image batches.
 *
 * <p>An {@link io.mdc.augment.Augmentation} says what may happen; drawing from it gives
 * {@link io.mdc.augment.Transform}s with all random numbers fixed, so that the same one can be applied to the real and
 * the synthetic batch, and undone by its adjoint when image gradients flow back (paper App. B.1; Zhao and Bilen,
 * "Dataset Condensation with Differentiable Siamese Augmentation", 2021). {@link io.mdc.augment.CutMix} mixes images
 * and labels when networks are trained.
 *
 * <p>Invariants: everything acts on normalised images {@code [n, C, H, W]} in place; pixels from outside are 0; random
 * numbers come only from the generator passed in.
 *
 * <p>To add a transform, write a record that implements {@link io.mdc.augment.Transform}, add a constant to
 * {@link io.mdc.augment.TransformKind} and draw it in {@link io.mdc.augment.Augmentation}, which does not compile
 * without.
 */
package io.mdc.augment;
