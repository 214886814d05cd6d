/**
 * Data sets as bytes and labels, and how images are drawn from them.
 *
 * <p>A {@link io.mdc.data.Dataset} has two {@link io.mdc.data.ImageSet}s, which stay bytes in memory and become floats
 * batch by batch ({@link io.mdc.tensor.ImageOps#load}). Samplers return numbers of images and know no state but a seed.
 *
 * <p>Invariants: image sets never change once built; the same seed gives the same bytes and the same order on every
 * machine; a missing or corrupt file is a {@link io.mdc.base.DataException} whose one line names the file, what was
 * expected and what to do.
 *
 * <p>Where images come from is not known here: a {@link io.mdc.data.DatasetSource} loads them. To draw from them in
 * another way, write a sampler like {@link io.mdc.data.ClassSampler} that is addressed by position.
 */
package io.mdc.data;
