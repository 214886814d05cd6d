/**
 * Whole runs from the first checkpoint to the last table, for the command line to start.
 *
 * <p>{@link io.mdc.run.CondenseJob}, {@link io.mdc.run.EvaluateJob}, {@link io.mdc.run.EvaluateAllJob},
 * {@link io.mdc.run.OrderJob} and {@link io.mdc.run.EstimateJob} do what a command does once its settings are known,
 * and return an {@link io.mdc.run.Ending} or a value. Each works in a {@link io.mdc.directory.RunDirectory};
 * {@link io.mdc.run.RunDemands} says what a run has to be for a command to take it, {@link io.mdc.run.RunEnd} whether
 * it has come to its end.
 *
 * <p>{@link io.mdc.run.RunFinder} looks at runs without their locks, and writes nothing: a
 * {@link io.mdc.directory.RunSummary} of each.
 *
 * <p>A {@link io.mdc.run.Family} is several runs that {@link io.mdc.run.FamilyJob} condenses together, each into a
 * directory of its own; {@link io.mdc.run.Shards} are the directories of one run whose classes are condensed apart.
 *
 * <p>Invariants: nothing computed is lost whenever a process ends; one process at a time writes to a directory
 * ({@link io.mdc.base.DirectoryLock}); a run goes on only with the settings and data it was begun with
 * ({@link io.mdc.directory.Fingerprint}); this package prints nothing, it tells a {@link io.mdc.report.Progress}.
 *
 * <p>To add a job, write a record of what was asked for with a method {@code run}, and a command that calls it.
 */
package io.mdc.run;
