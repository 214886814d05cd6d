/**
 * Base methods (paper Table 2), and the steps of the images that they are made of.
 *
 * <p>A {@link io.mdc.method.Method} is a {@link io.mdc.method.BaseMethod} and a subset loss. Real images of a step come
 * from a sampler by a loader that all runs share which see the same ones; {@link io.mdc.method.Subsets} weight the
 * losses of prefixes. Networks that a method needs before a run are a {@link io.mdc.pretrained.Preparation}.
 *
 * <p>Invariants: a base method is a factory that keeps nothing; a step moves the images it is told to and tells what it
 * measured, and the same seed on the same machine gives the same bytes for any number of threads.
 *
 * <p>To add a method, implement {@link io.mdc.method.ClassMethod}, or {@link io.mdc.method.BaseMethod} with a step of
 * its own, and name it in {@link io.mdc.method.Method}.
 */
package io.mdc.method;
