/**
 * Networks trained on the real images beforehand, whose parameters after every epoch are kept in the cache.
 *
 * <p>{@link io.mdc.expert.Experts} trains those that are missing and reads them; {@link io.mdc.expert.Preparation} is
 * how a run has such work done before its first loop.
 *
 * <p>Invariants: an expert depends on the settings in its folder's key and on the data alone, never on synthetic
 * images, so that all runs share it; a file appears complete or not at all; the same expert has the same bytes whether
 * its training was interrupted or not.
 */
package io.mdc.expert;
