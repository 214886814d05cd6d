/**
 * What every floor may need and nothing else: threads, seeds, pixels as bytes, JSON, files that appear complete,
 * directories of one process at a time, failures of data.
 *
 * <p>Invariants: nothing here knows what an image set, a network or a setting is; {@link io.mdc.base.Seeds} is where
 * every random decision of the project starts, {@link io.mdc.base.Json} how everything is written that is JSON, and
 * {@link io.mdc.base.AtomicFiles} how files come to be that others may read at any moment.
 *
 * <p>A class belongs here only if packages that do not know each other need it.
 */
package io.mdc.base;
