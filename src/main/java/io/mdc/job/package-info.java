/**
 * All that a command does once its settings are known, for the command line to start.
 *
 * <p>A job is a record of what was asked for; it returns an {@link io.mdc.run.Ending} or a value.
 * {@link io.mdc.job.CondenseJob} condenses a run, {@link io.mdc.job.FamilyJob} several together,
 * {@link io.mdc.job.CondenseAllJob} whatever is left of many, and {@link io.mdc.job.ShardJob} some classes of one,
 * which {@link io.mdc.job.MergeJob} puts together; {@link io.mdc.job.EvaluateAllJob} and {@link io.mdc.job.RobustJob}
 * measure finished sets, and the others make a run of them, export one, or foretell one.
 *
 * <p>{@link io.mdc.job.RunFinder} looks at runs without their locks, and writes nothing: a
 * {@link io.mdc.directory.RunSummary} of each.
 *
 * <p>Invariants: what cannot be done is refused before anything is written; nothing computed is lost whenever a process
 * ends; this package prints nothing, it tells a {@link io.mdc.report.Progress}.
 *
 * <p>To add a job, write a record of what was asked for with a method {@code run}, and a command that calls it.
 */
package io.mdc.job;
