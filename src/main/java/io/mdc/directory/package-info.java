/**
 * The directory of a run: what its files are called, how each is written and read, and what they tell of the run.
 *
 * <p>A {@link io.mdc.directory.RunDirectory} holds everything needed to repeat and to read a run: {@code config.yaml}
 * (resolved), {@code manifest.json} ({@link io.mdc.directory.Manifest}), {@code metrics.jsonl}, {@code mls.jsonl} and
 * {@code course.jsonl} ({@link io.mdc.directory.LineLog}), {@code best/} ({@link io.mdc.directory.BestSets}),
 * {@code checkpoint/} ({@link io.mdc.directory.Checkpoints}), {@code synthetic.npz}, {@code synthetic.png},
 * {@code evaluation.json} and {@code evaluation.trials.jsonl} ({@link io.mdc.directory.FileLedger}).
 *
 * <p>{@link io.mdc.directory.NewRun} makes such a directory, or takes one that was made before.
 *
 * <p>Those who only read a run ask its {@link io.mdc.directory.RunRecords}, or at a glance a
 * {@link io.mdc.directory.RunSummary}; neither takes the lock, and neither writes.
 *
 * <p>Invariants: a file is either complete or not there (logs of lines apart, which grow); damage is told and never
 * written over ({@code *.damaged} keeps it). This package starts no work and prints nothing; what is unusual is told, a
 * line each, to whoever opens a file.
 *
 * <p>Size: a class for every kind of file, each to be read by itself.
 *
 * <p>To add a file, name it in {@link io.mdc.directory.RunDirectory} and in {@code docs/run-directory.md};
 * {@code DamagesIT} then damages it.
 */
package io.mdc.directory;
