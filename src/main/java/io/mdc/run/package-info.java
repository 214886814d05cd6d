/**
 * Whole runs: a run directory from the first checkpoint to the last table, for the command line to start.
 *
 * <p>A {@link io.mdc.run.RunDirectory} holds everything needed to repeat and to read a run: {@code config.yaml}
 * (resolved), {@code manifest.json}, {@code metrics.jsonl}, {@code mls.jsonl}, {@code checkpoint/},
 * {@code synthetic.npz}, {@code synthetic.png} and {@code evaluation.json}.
 *
 * <p>Invariants: a file is either complete or not there (logs of lines apart, which grow); nothing computed is lost
 * when a run is interrupted; this package prints nothing.
 *
 * <p>To add a file to the directory, name it in {@link io.mdc.run.RunDirectory} and in {@code docs/run-directory.md}.
 */
package io.mdc.run;
