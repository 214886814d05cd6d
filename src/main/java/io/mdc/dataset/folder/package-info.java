/**
 * Data sets that are folders with images.
 *
 * <p>{@code ImagePlace} finds the folder or archive, {@code Splits} what is for training and test in it,
 * {@code LabelledImages} the images of each class, and {@code DecodedImages} decodes them, once, into the cache.
 *
 * <p>Invariants: no file of a folder is left out unsaid; what was decoded and then damaged is decoded again.
 *
 * <p>To add a data set of this kind, make one with {@link io.mdc.dataset.folder.ImageFolder} and list it in
 * {@code io.mdc.dataset.Datasets}; to add a layout, teach {@code Splits} and {@code LabelledImages} where images are.
 */
package io.mdc.dataset.folder;
