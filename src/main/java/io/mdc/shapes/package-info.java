/**
 * The built-in data set: shapes on textures, drawn from a seed.
 *
 * <p>Invariants: the same seed gives the same bytes on every machine; classes differ in shape alone, not in colour,
 * size or place.
 *
 * <p>To add a class, add a constant to {@link io.mdc.shapes.ShapeKind} (which changes the data set).
 */
package io.mdc.shapes;
