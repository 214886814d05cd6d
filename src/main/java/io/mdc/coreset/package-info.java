/**
 * Real images that stand for their class: chosen by what a network sees in them, its last feature layer.
 *
 * <p>Invariants: a {@link io.mdc.coreset.Coreset} returns distinct images, the same for the same features and generator
 * whatever the threads; the clustering library is named here only.
 *
 * <p>To add a way to choose, implement {@link io.mdc.coreset.Coreset} and name it in {@code synthetic.Init}.
 */
package io.mdc.coreset;
