/**
 * The runs that tables need, and what was found of them.
 *
 * <p>A {@link io.mdc.reproduce.plan.Recipe} names a run as the paper does; a {@link io.mdc.reproduce.plan.Setup} turns
 * it into the settings of a {@link io.mdc.reproduce.plan.PlannedRun}. A {@link io.mdc.reproduce.plan.Need} is what is
 * measured of one; all needs together are a {@link io.mdc.reproduce.plan.Plan}, and
 * {@link io.mdc.reproduce.plan.Findings} read what there is.
 *
 * <p>Invariants: a run's directory is named by the settings that shape it, so that tables share runs and a run is never
 * made twice; whatever is measured is read from the directories of the runs and kept nowhere else.
 *
 * <p>To add a scale, add a constant of {@link io.mdc.reproduce.plan.Scale}.
 */
package io.mdc.reproduce.plan;
