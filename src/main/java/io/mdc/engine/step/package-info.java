/**
 * The operations that graphs are compiled to, each with its adjoint and the tangents of both, and the parameters they
 * work with.
 *
 * <p>Invariants: a step holds no data; every method overwrites its outputs; parameters have DL4J's layouts and are
 * addressed by their number in the graph.
 *
 * <p>To add one, implement {@link io.mdc.engine.step.Step} and let {@code engine.GraphCompiler} place it.
 */
package io.mdc.engine.step;
