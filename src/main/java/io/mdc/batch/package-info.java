/**
 * Batches of normalised images in tensors, from data sets in bytes or from images already in a tensor.
 *
 * <p>Invariants: an {@link io.mdc.batch.ImageSource} never changes; a batch's arrays are made once and filled again and
 * again; random numbers come only from the generator passed in.
 *
 * <p>To train on images from elsewhere, implement {@link io.mdc.batch.ImageSource}.
 */
package io.mdc.batch;
