/**
 * Every data set this program can read, by name, and the settings that choose one.
 *
 * <p>{@link io.mdc.dataset.Datasets} lists the sources; help, {@link io.mdc.dataset.DatasetName} and {@code mdc data}
 * know no other list. Archives are unpacked and folders decoded once, into the cache ({@link io.mdc.data.Cache}).
 *
 * <p>Below it are {@link io.mdc.dataset.picture}, {@link io.mdc.dataset.file} and {@link io.mdc.dataset.folder}:
 * pictures, archives, and folders of images.
 *
 * <p>Invariants: both splits are complete or loading fails with one line; no file of a folder is left out unsaid;
 * nothing outside the cache is written.
 *
 * <p>To add a data set, implement {@link io.mdc.data.DatasetSource} and list it in {@link io.mdc.dataset.Datasets}.
 */
package io.mdc.dataset;
