/**
 * Measures how long the parts of an inner loop take on this machine, on random data of the real shapes, and predicts
 * what a run will take.
 *
 * <p>Invariants: medians after a warm-up; everything of an inner loop is included, from sampling to the update of the
 * images.
 *
 * <p>To measure one more phase, add it to {@link io.mdc.engine.Phase}; to measure one more part, add it to
 * {@link io.mdc.bench.Benchmark} and to {@link io.mdc.bench.BenchReport}.
 */
package io.mdc.bench;
