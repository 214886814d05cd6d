/**
 * The numerics of this machine and backend against reference values.
 *
 * <p>A {@link io.mdc.check.ReferenceCase} is a folder with {@code case.json} and {@code .npy} arrays, computed
 * elsewhere in double precision; a {@link io.mdc.check.Check} recomputes it with a backend and returns the relative
 * error. A few small cases are part of the program; {@code mdc check --golden DIR} takes more.
 *
 * <p>Invariants: a case is either checked or reported as skipped with the reason; tolerances are in one place,
 * {@link io.mdc.check.Tolerance}.
 *
 * <p>To add a kind of case, implement {@link io.mdc.check.Check} and name its prefix in {@link io.mdc.check.Checks}.
 */
package io.mdc.check;
