/**
 * The paper's tables and figures, made again.
 *
 * <p>A {@link io.mdc.reproduce.Reproduction} is what was asked for: exhibits ({@code exhibit}), a scale and seeds. All
 * that they need is a plan ({@code plan}), of which {@link io.mdc.reproduce.ReproduceJob} makes what is missing.
 *
 * <p>Invariants: a process takes a run by its lock ({@link io.mdc.base.InUseException}), so that several work on one
 * directory; what is finished is never made again.
 *
 * <p>To add an exhibit, see {@code io.mdc.reproduce.exhibit}.
 */
package io.mdc.reproduce;
