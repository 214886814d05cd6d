/**
 * The gradient engine: runs DL4J graphs forward, backward and <em>tangent</em>.
 *
 * <p>{@link io.mdc.engine.DifferentiableGraph} compiles a configuration into steps; {@link io.mdc.engine.ChunkedGraph}
 * runs it over a batch in chunks on all cores.
 *
 * <p>Invariants: weights have DL4J's layouts, activations are {@code [n, C, H, W]}. Sums over chunks are made in the
 * order of the chunks, so that results do not depend on the number of threads.
 *
 * <p>Size: the passes of a graph, of a chunk of images and of a batch work in the same memory, which nobody outside may
 * see; in packages of their own they would have to show it.
 *
 * <p>To add a layer, implement {@code Step} and teach {@code GraphCompiler} and {@code GraphSupport} the DL4J layer it
 * stands for.
 */
package io.mdc.engine;
