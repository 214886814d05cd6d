/**
 * Condensed sets that others published, read as sets of this program.
 *
 * <p>Invariants: nothing of a file is executed; a set has as many images in every class; pixels are those of the file,
 * bit for bit, unless a {@link io.mdc.published.Reading} says that they are normalised or bytes.
 *
 * <p>To read another layout, find its images and labels in {@link io.mdc.published.PublishedFile}; what tells the sets
 * of a file, or its files, apart belongs to {@link io.mdc.published.PublishedPlace}, and what pixels are normalised by
 * to {@link io.mdc.published.NormalisedBy}.
 */
package io.mdc.published;
