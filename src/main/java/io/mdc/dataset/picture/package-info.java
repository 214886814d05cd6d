/**
 * Image files of the usual formats as planes of samples, brought to one size.
 *
 * <p>Java's own readers and plugins of TwelveMonkeys decode; what is here decides which of their values are the stored
 * ones, and which of their warnings mean that part of an image is missing.
 *
 * <p>Invariants: the same file gives the same bytes on every machine, whatever its name; a file of which a part is
 * missing gives no picture.
 *
 * <p>To read one more format, add a plugin to the dependencies, its endings to {@link io.mdc.dataset.picture.Picture}
 * and files of its kinds to {@code scripts/fixtures/formats.py}.
 */
package io.mdc.dataset.picture;
