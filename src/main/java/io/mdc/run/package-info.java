/**
 * Whole runs: a run directory from the first checkpoint to the last table, for the command line to start.
 *
 * <p>{@link io.mdc.run.CondenseJob}, {@link io.mdc.run.EvaluateJob}, {@link io.mdc.run.EvaluateAllJob},
 * {@link io.mdc.run.OrderJob} and {@link io.mdc.run.EstimateJob} do what a command does once its settings are known,
 * and return an {@link io.mdc.run.Ending} or a value. A {@link io.mdc.run.RunDirectory} holds everything needed to
 * repeat and to read a run: {@code config.yaml} (resolved), {@code manifest.json}, {@code metrics.jsonl},
 * {@code mls.jsonl}, {@code course.jsonl}, {@code best/}, {@code checkpoint/}, {@code synthetic.npz},
 * {@code synthetic.png}, {@code evaluation.json} and {@code evaluation.trials.jsonl}.
 *
 * <p>{@link io.mdc.run.RunFinder} looks at runs without their locks, and writes nothing: a
 * {@link io.mdc.run.RunSummary} of each.
 *
 * <p>A {@link io.mdc.run.Family} is several runs that {@link io.mdc.run.FamilyJob} condenses together, each into a
 * directory of its own.
 *
 * <p>Invariants: a file is either complete or not there (logs of lines apart, which grow); nothing computed is lost
 * whenever a process ends; damage is told and never written over ({@code *.damaged} keeps it); one process at a time
 * writes to a directory ({@link io.mdc.base.DirectoryLock}); a run goes on only with the settings and data it was begun
 * with ({@link io.mdc.run.Fingerprint}); this package prints nothing, it tells a {@link io.mdc.report.Progress}.
 *
 * <p>To add a file to the directory, name it in {@link io.mdc.run.RunDirectory} and in {@code docs/run-directory.md};
 * {@code DamagesIT} then damages it. To add a job, write a record of what was asked for with a method {@code run}, and
 * a command that calls it.
 */
package io.mdc.run;
