/**
 * The synthetic set: its images, how they start, and how they become training images (multi-formation).
 *
 * <p>Invariants: stored images are {@code [classes·N, C, H, W]}, class-major, values in [0, 1] after {@code clamp};
 * image n of a class belongs to every prefix larger than n. Decoded images are image-major: all tiles of image 0 in row
 * order, then those of image 1; so the first n images of a class decode to its first n·f² training images.
 *
 * <p>To add an initialisation, add a constant to {@link io.mdc.synthetic.Init}, or a {@link io.mdc.coreset.Coreset} and
 * a constant that names it.
 */
package io.mdc.synthetic;
