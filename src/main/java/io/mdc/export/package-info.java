/**
 * Prefixes of a condensed set as files of other programs, with a data card and a script that trains on them.
 *
 * <p>{@link io.mdc.export.ExportedImages} are pixels in [0, 1] and labels; an {@link io.mdc.export.ExportFormat} writes
 * them; {@link io.mdc.export.Export} adds card and script, which are templates under {@code src/main/resources} filled
 * with what {@link io.mdc.export.Origin} and {@link io.mdc.export.Training} know.
 *
 * <p>Invariants: rows are size-major, so that the first rows of a file are the smaller sets; a format takes all images
 * or refuses them before anything is written; what is written appears complete or not at all, and nothing is replaced;
 * the same set gives the same bytes; the script reads what the format wrote with PyTorch and NumPy alone.
 *
 * <p>To add a format, implement {@link io.mdc.export.ExportFormat}, put the Python function that reads it into
 * {@code read-NAME.py} among the templates, and add a constant to {@link io.mdc.export.Format}.
 */
package io.mdc.export;
