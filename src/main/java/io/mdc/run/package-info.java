/**
 * What happens in the directory of a run, from the first checkpoint to the last table.
 *
 * <p>A {@link io.mdc.run.CondenseRun} condenses one or several runs into their {@link io.mdc.run.CondenseFiles}; an
 * {@link io.mdc.run.EvaluateRun} trains networks on the prefixes of a finished set, and a {@link io.mdc.run.RobustRun}
 * compares it with real images. Each works in a {@link io.mdc.directory.RunDirectory}; {@link io.mdc.run.RunDemands}
 * says what a run has to be for a command to take it, {@link io.mdc.run.RunEnd} whether it has come to its end, and
 * {@link io.mdc.run.Shards} where its classes are condensed apart.
 *
 * <p>Invariants: nothing computed is lost whenever a process ends; one process at a time writes to a directory
 * ({@link io.mdc.base.DirectoryLock}); a run goes on only with the settings and data it was begun with
 * ({@link io.mdc.directory.Fingerprint}); this package prints nothing, it tells a {@link io.mdc.report.Progress}.
 *
 * <p>To add something that is done to a run, write a class like {@link io.mdc.run.EvaluateRun}, and a job of
 * {@code io.mdc.job} that calls it.
 */
package io.mdc.run;
