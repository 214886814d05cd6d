/**
 * Data sets as bytes and labels, their readers and samplers.
 *
 * <p>{@link io.mdc.data.Datasets} loads a {@link io.mdc.data.Dataset} by name; its two {@link io.mdc.data.ImageSet}s
 * stay bytes in memory and become floats batch by batch ({@link io.mdc.tensor.ImageOps#load}). Samplers return numbers
 * of images and know no state but a seed. {@link io.mdc.data.Seeds} is where every random decision of the project
 * starts.
 *
 * <p>Invariants: image sets never change once built; the same seed gives the same bytes and the same order on every
 * machine; a missing or corrupt file is a {@link io.mdc.data.DataException} whose one line names the file, what was
 * expected and what to do.
 *
 * <p>To add a data set, implement {@link io.mdc.data.DatasetSource} and list it in {@link io.mdc.data.Datasets}.
 */
package io.mdc.data;
