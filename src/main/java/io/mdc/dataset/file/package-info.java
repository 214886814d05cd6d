/**
 * Archives and folders as data sets come in them.
 *
 * <p>{@link io.mdc.dataset.file.Archives} unpacks an archive, once, into the cache; {@link io.mdc.dataset.file.Listing}
 * tells what lies in a folder.
 *
 * <p>Invariants: an archive that is cut off, or too large for what it is, leaves nothing behind; what was unpacked and
 * then damaged is unpacked again ({@code Contents}).
 *
 * <p>To add a kind of archive, teach {@link io.mdc.dataset.file.Archives} its endings and how it is read.
 */
package io.mdc.dataset.file;
